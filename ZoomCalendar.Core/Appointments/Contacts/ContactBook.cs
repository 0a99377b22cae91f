using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>A contact, or the booker of an appointment without one.</summary>
public sealed record KnownContact(ContactId Id, Booker Booker, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>The data that a program sends about a person. A null value keeps the present one.</summary>
public sealed record ContactDetails(string? Name, string? Email, string? Phone, string? TimeZone);

/// <summary>The outcome of adding or updating a contact. <see cref="Problem"/> is null if it succeeded.</summary>
public sealed record ContactUpsertOutcome(KnownContact? Contact, bool IsNew, string? Problem);

/// <summary>
/// The API's contacts. Appointments booked on a page or by staff have no contact row. The appointment's own id stands for its booker, so
/// that every appointment has a contact. Thread-safe.
/// </summary>
public sealed partial class ContactBook(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const string DefaultZone = "Etc/UTC";

    /// <summary>Finds a contact, or the booker of an appointment with this id; null if there is neither.</summary>
    public async Task<KnownContact?> FindAsync(Guid id, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var contact = await db.Contacts.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == new ContactId(id) && row.SubAccountId == subAccount, cancellationToken);
        if (contact is not null)
        {
            return Of(contact);
        }

        var appointment = await db.Appointments.AsNoTracking()
            .Where(row => row.Id == new AppointmentId(id) && row.SubAccountId == subAccount)
            .Select(row => new { row.Booker, row.CreatedAt, row.UpdatedAt })
            .FirstOrDefaultAsync(cancellationToken);
        return appointment is null
            ? null
            : new KnownContact(new ContactId(id), appointment.Booker, appointment.CreatedAt, appointment.UpdatedAt);
    }

    /// <summary>
    /// Updates the contact with the same e-mail, otherwise the same phone, or adds one. Null values keep the present ones.
    /// </summary>
    public async Task<ContactUpsertOutcome> UpsertAsync(
        ContactDetails details, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryUpsertAsync(details, subAccount, now, cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < 3 && DatabaseErrors.IsUniqueViolation(exception))
            {
                // The same address was added concurrently, so this request updates that row.
            }
        }
    }

    private async Task<ContactUpsertOutcome> TryUpsertAsync(
        ContactDetails details, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var found = await MatchAsync(db, details, subAccount, cancellationToken);
        var booker = Merge(found?.Booker, details);
        if (BookingInput.Problem("", "", booker, null) is { } problem)
        {
            return new ContactUpsertOutcome(null, false, problem);
        }

        booker = BookingInput.Tidy(booker);
        var contact = found ?? new Contact(ContactId.New(now), subAccount, booker, now);
        if (found is null)
        {
            db.Contacts.Add(contact);
        }
        else
        {
            contact.Change(booker, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ContactUpsertOutcome(Of(contact), found is null, null);
    }

    private static async Task<Contact?> MatchAsync(
        ZoomCalendarContext db, ContactDetails details, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        var contacts = db.Contacts.Where(row => row.SubAccountId == subAccount);
        if (Contact.Normalize(details.Email ?? "") is { } email
            && await contacts.FirstOrDefaultAsync(row => row.NormalizedEmail == email, cancellationToken) is { } byEmail)
        {
            return byEmail;
        }

        // A shared phone number does not make two people with different addresses one contact.
        return details.Phone is { } typed && StorableText.OneLine(typed) is { Length: > 0 } phone
            ? await contacts.OrderBy(row => row.Id)
                .FirstOrDefaultAsync(
                    row => row.Booker.Phone == phone && (details.Email == null || row.NormalizedEmail == null), cancellationToken)
            : null;
    }

    private static Booker Merge(Booker? known, ContactDetails details) => new()
    {
        Name = details.Name ?? known?.Name ?? details.Email ?? details.Phone ?? "",
        Email = details.Email ?? known?.Email ?? "",
        Phone = details.Phone ?? known?.Phone ?? "",
        TimeZone = details.TimeZone ?? known?.TimeZone ?? DefaultZone,
    };

    private static KnownContact Of(Contact contact) => new(contact.Id, contact.Booker, contact.CreatedAt, contact.UpdatedAt);
}
