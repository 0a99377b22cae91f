using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>The contact after a change; else why nothing was changed.</summary>
public sealed record ContactChangeOutcome(KnownContact? Contact, Refusal? Refusal, string Message)
{
    public static ContactChangeOutcome Done(KnownContact contact) => new(contact, null, "");

    public static ContactChangeOutcome Refused(Refusal refusal, string message) => new(null, refusal, message);
}

/// <content>Adding, changing, deleting and listing contacts one by one.</content>
public sealed partial class ContactBook
{
    private const string NotFound = "Contact not found";
    private const string OfAppointment = "This is the booker of an appointment, not a contact of its own, and is kept with the appointment. Add a contact for later bookings.";
    private const string EmailTaken = "The e-mail address belongs to another contact: one address is one contact.";

    /// <returns>Refused as taken if a contact has this address.</returns>
    public Task<ContactChangeOutcome> CreateAsync(ContactDetails details, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(db =>
        {
            var booker = Merge(null, details);
            if (BookingInput.Problem("", "", booker, null) is { } problem)
            {
                return Task.FromResult(ContactChangeOutcome.Refused(Refusal.Invalid, problem));
            }

            var contact = new Contact(ContactId.New(now), subAccount, BookingInput.Tidy(booker), now);
            db.Contacts.Add(contact);
            return Task.FromResult(ContactChangeOutcome.Done(Of(contact)));
        }, cancellationToken);

    /// <summary>Concerns later bookings; appointments keep what was known of their booker.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">From what is known to what is to be changed.</param>
    /// <param name="subAccount">Whose.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ContactChangeOutcome> UpdateAsync(
        Guid id, Func<Booker, ContactDetails> change, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(async db =>
        {
            var contact = await db.Contacts.FirstOrDefaultAsync(row => row.Id == new ContactId(id) && row.SubAccountId == subAccount, cancellationToken);
            if (contact is null)
            {
                var known = await FindAsync(id, subAccount, cancellationToken);
                return known is null ? ContactChangeOutcome.Refused(Refusal.NotFound, NotFound)
                    : Merge(known.Booker, change(known.Booker)) == known.Booker ? ContactChangeOutcome.Done(known)
                    : ContactChangeOutcome.Refused(Refusal.Invalid, OfAppointment);
            }

            var booker = Merge(contact.Booker, change(contact.Booker));
            if (BookingInput.Problem("", "", booker, null) is { } problem)
            {
                return ContactChangeOutcome.Refused(Refusal.Invalid, problem);
            }

            if (booker != contact.Booker)
            {
                contact.Change(BookingInput.Tidy(booker), now);
            }

            return ContactChangeOutcome.Done(Of(contact));
        }, cancellationToken);

    /// <summary>Its appointments stay, and are known by themselves from now on.</summary>
    public Task<ContactChangeOutcome> DeleteAsync(Guid id, SubAccountId subAccount, CancellationToken cancellationToken) =>
        WriteAsync(async db =>
        {
            var contact = await db.Contacts.FirstOrDefaultAsync(row => row.Id == new ContactId(id) && row.SubAccountId == subAccount, cancellationToken);
            if (contact is null)
            {
                return await FindAsync(id, subAccount, cancellationToken) is null
                    ? ContactChangeOutcome.Refused(Refusal.NotFound, NotFound)
                    : ContactChangeOutcome.Refused(Refusal.Invalid, OfAppointment);
            }

            db.Contacts.Remove(contact);
            await db.Appointments.Where(row => row.ContactId == contact.Id && row.SubAccountId == subAccount)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ContactId, (ContactId?)null), cancellationToken);
            return ContactChangeOutcome.Done(Of(contact));
        }, cancellationToken);

    /// <summary>By e-mail, else by phone; null: nobody.</summary>
    public async Task<KnownContact?> MatchAsync(string? email, string? phone, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await MatchAsync(db, new ContactDetails(null, email, phone, null), subAccount, cancellationToken) is { } contact ? Of(contact) : null;
    }

    /// <summary>A page, the newest first, and how many there are.</summary>
    /// <param name="subAccount">Whose.</param>
    /// <param name="query">Part of a name, an address or a number; null: all.</param>
    /// <param name="after">The last contact of the page before.</param>
    /// <param name="addedBefore">Where to go on if that one is gone.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(IReadOnlyList<KnownContact> Page, int Count)> ListAsync(
        SubAccountId subAccount, string? query, ContactId? after, DateTimeOffset? addedBefore, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = Found(db, subAccount, query);
        var rows = all;
        var last = after is null ? null : await db.Contacts.AsNoTracking().Where(row => row.SubAccountId == subAccount).FirstOrDefaultAsync(row => row.Id == after, cancellationToken);
        if (last is not null)
        {
            rows = rows.Where(row => row.CreatedAt < last.CreatedAt || (row.CreatedAt == last.CreatedAt && row.Id.CompareTo(last.Id) < 0));
        }
        else if (addedBefore is { } before)
        {
            rows = rows.Where(row => row.CreatedAt < before);
        }

        var page = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken);
        return ([.. page.Select(Of)], await all.CountAsync(cancellationToken));
    }

    /// <summary>All that the query finds, the newest first, one by one.</summary>
    public async IAsyncEnumerable<KnownContact> AllAsync(SubAccountId subAccount, string? query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Found(db, subAccount, query).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Of(row);
        }
    }

    private static IQueryable<Contact> Found(ZoomCalendarContext db, SubAccountId subAccount, string? query)
    {
        var rows = db.Contacts.AsNoTracking().Where(row => row.SubAccountId == subAccount);
        return SearchKey.Of(query ?? "") is { Length: > 0 } wanted ? rows.Where(row => row.SearchText!.Contains(wanted)) : rows;
    }

    private async Task<ContactChangeOutcome> WriteAsync(Func<ZoomCalendarContext, Task<ContactChangeOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await contexts.WriteAsync((db, _) => work(db), change => change.Refusal is null, exception => exception is DbUpdateConcurrencyException, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ContactChangeOutcome.Refused(Refusal.NotFound, NotFound);
        }
        catch (DbUpdateException exception) when (DatabaseErrors.IsUniqueViolation(exception))
        {
            return ContactChangeOutcome.Refused(Refusal.Taken, EmailTaken);
        }
    }
}
