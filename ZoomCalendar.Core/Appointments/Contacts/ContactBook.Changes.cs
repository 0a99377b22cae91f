using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>The contact after a change, or the refusal. A refused change changed nothing.</summary>
public sealed record ContactChangeOutcome(KnownContact? Contact, Refusal? Refusal, string Message)
{
    public static ContactChangeOutcome Done(KnownContact contact) => new(contact, null, "");

    public static ContactChangeOutcome Refused(Refusal refusal, string message) => new(null, refusal, message);
}

/// <content>Changes and queries of single contacts.</content>
public sealed partial class ContactBook
{
    private const string NotFound = "Contact not found";
    private const string OfAppointment =
        "This is the booker of an appointment, not a contact of its own, and is kept with the appointment. Add a contact for "
            + "later bookings.";
    private const string EmailTaken = "The email address belongs to another contact: one address is one contact.";

    /// <summary>Adds a contact. Refused as <see cref="Refusal.Taken"/> if another contact has the address.</summary>
    public Task<ContactChangeOutcome> CreateAsync(
        ContactDetails details, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
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

    /// <summary>Changes a contact. Affects later bookings only.</summary>
    /// <param name="id">The contact's id, or the id of an appointment that stands for its booker.</param>
    /// <param name="change">Returns the changes, given the present data.</param>
    /// <param name="subAccount">The contact's sub-account.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    public Task<ContactChangeOutcome> UpdateAsync(
        Guid id, Func<Booker, ContactDetails> change, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(async db =>
        {
            var contact = await db.Contacts.FirstOrDefaultAsync(
                row => row.Id == new ContactId(id) && row.SubAccountId == subAccount, cancellationToken);
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

    /// <summary>Deletes a contact. Its appointments stay without a contact.</summary>
    public Task<ContactChangeOutcome> DeleteAsync(Guid id, SubAccountId subAccount, CancellationToken cancellationToken) =>
        WriteAsync(async db =>
        {
            var contact = await db.Contacts.FirstOrDefaultAsync(
                row => row.Id == new ContactId(id) && row.SubAccountId == subAccount, cancellationToken);
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

    /// <summary>Finds a contact by e-mail, otherwise by phone; null if there is none.</summary>
    public async Task<KnownContact?> MatchAsync(string? email, string? phone, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await MatchAsync(db, new ContactDetails(null, email, phone, null), subAccount, cancellationToken) is { } contact
            ? Of(contact)
            : null;
    }

    /// <summary>One page of contacts, newest first, and the total count.</summary>
    /// <param name="subAccount">The sub-account.</param>
    /// <param name="query">A part of a name, address or number; null for all contacts.</param>
    /// <param name="after">The last contact of the previous page; null for the first page.</param>
    /// <param name="addedBefore">Where to continue if that contact was deleted.</param>
    /// <param name="limit">The size of the page.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<(IReadOnlyList<KnownContact> Page, int Count)> ListAsync(
        SubAccountId subAccount,
        string? query,
        ContactId? after,
        DateTimeOffset? addedBefore,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = Found(db, subAccount, query);
        var rows = all;
        var last = after is null ? null : await db.Contacts.AsNoTracking().Where(row => row.SubAccountId == subAccount)
            .FirstOrDefaultAsync(row => row.Id == after, cancellationToken);
        if (last is not null)
        {
            rows = rows.Where(row => row.CreatedAt < last.CreatedAt || (row.CreatedAt == last.CreatedAt && row.Id.CompareTo(last.Id) < 0));
        }
        else if (addedBefore is { } before)
        {
            rows = rows.Where(row => row.CreatedAt < before);
        }

        var page = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(limit)
            .ToListAsync(cancellationToken);
        return ([.. page.Select(Of)], await all.CountAsync(cancellationToken));
    }

    /// <summary>Streams all contacts that match the query, newest first.</summary>
    public async IAsyncEnumerable<KnownContact> AllAsync(
        SubAccountId subAccount, string? query, [EnumeratorCancellation] CancellationToken cancellationToken)
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

    private async Task<ContactChangeOutcome> WriteAsync(
        Func<ZoomCalendarContext, Task<ContactChangeOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await contexts.WriteAsync(
                (db, _) => work(db),
                change => change.Refusal is null,
                exception => exception is DbUpdateConcurrencyException,
                cancellationToken);
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
