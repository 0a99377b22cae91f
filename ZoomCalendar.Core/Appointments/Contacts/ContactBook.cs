using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>What is known of a booker, and since when.</summary>
public sealed record KnownContact(ContactId Id, Booker Booker, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What a program tells of a person; null: leave it as it is.</summary>
public sealed record ContactDetails(string? Name, string? Email, string? Phone, string? TimeZone);

public sealed record ContactUpsertOutcome(KnownContact? Contact, bool IsNew, string? Problem);

/// <summary>
/// Contacts as programs know them. A booker who came another way (a page, staff) has no row here: such an appointment's own id
/// stands for its booker, so that every appointment has a contact that can be asked for.
/// </summary>
public sealed partial class ContactBook(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const string DefaultZone = "Etc/UTC";

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
        return appointment is null ? null : new KnownContact(new ContactId(id), appointment.Booker, appointment.CreatedAt, appointment.UpdatedAt);
    }

    /// <summary>Finds by e-mail, else by phone; what is not told stays as it was.</summary>
    public async Task<ContactUpsertOutcome> UpsertAsync(ContactDetails details, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryUpsertAsync(details, subAccount, now, cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < 3 && DatabaseErrors.IsUniqueViolation(exception))
            {
                // The same address came twice at once: the other one was faster, so this one changes its row.
            }
        }
    }

    private async Task<ContactUpsertOutcome> TryUpsertAsync(ContactDetails details, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
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

    private static async Task<Contact?> MatchAsync(ZoomCalendarContext db, ContactDetails details, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        var contacts = db.Contacts.Where(row => row.SubAccountId == subAccount);
        if (Contact.Normalize(details.Email ?? "") is { } email
            && await contacts.FirstOrDefaultAsync(row => row.NormalizedEmail == email, cancellationToken) is { } byEmail)
        {
            return byEmail;
        }

        // A phone shared by two people with addresses of their own does not make them one.
        return details.Phone is { } typed && StorableText.OneLine(typed) is { Length: > 0 } phone
            ? await contacts.OrderBy(row => row.Id)
                .FirstOrDefaultAsync(row => row.Booker.Phone == phone && (details.Email == null || row.NormalizedEmail == null), cancellationToken)
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
