using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>Removes bookers' data from every table, inside the caller's transaction.</summary>
internal static class BookerEraser
{
    private const string WebhookReaderName = "webhooks";
    private const int Part = 200;

    /// <summary>Makes appointments anonymous, with all that is stored about them elsewhere.</summary>
    public static async Task EraseAsync(
        ZoomCalendarContext db, IReadOnlyList<Appointment> appointments, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (appointments.Count == 0)
        {
            return;
        }

        await BeforeWebhookReaderAsync(db, now, cancellationToken);
        List<AppointmentId> ids = [.. appointments.Select(row => row.Id)];
        List<Guid> resources = [.. ids.Select(id => id.Value), .. appointments.Select(row => row.SubmitId).OfType<Guid>()];
        await EraseTopicsAsync(db, appointments, ids, now, cancellationToken);
        foreach (var appointment in appointments)
        {
            appointment.EraseBooker(now);
            var row = db.Entry(appointment);
            // Hashes of what was typed, and ids of the form and of the contact.
            row.Property(each => each.SubmitHash).CurrentValue = null;
            row.Property(each => each.SubmitId).CurrentValue = null;
            row.Property(each => each.FirstSubmitId).CurrentValue = null;
            row.Property(each => each.ContactId).CurrentValue = null;
        }

        await EraseMessagesAsync(db.Messages.Where(row => ids.Contains(row.AppointmentId!.Value)), cancellationToken);
        await EraseDeliveriesAsync(db.WebhookDeliveries.Where(row => ids.Contains(row.AppointmentId)), cancellationToken);
        await db.Events
            .Where(row => ids.Contains(row.AppointmentId!.Value)
                && (row.Kind == EventKind.BookerChanged || row.Kind == EventKind.ConfirmationSentAgain))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Detail, ""), cancellationToken);
        // A key is the client's own text.
        await db.IdempotencyKeys.Where(row => resources.Contains(row.ResourceId)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Removes what is stored under an address besides its appointments.</summary>
    public static async Task<ErasedCounts> EraseAddressAsync(
        ZoomCalendarContext db, BookerScope scope, UserId? actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (subAccount, key) = (scope.SubAccountId, scope.Key);
        var contacts = await EraseContactsAsync(
            db, subAccount, rows => rows.Where(row => row.NormalizedEmail == Contact.Normalize(key)), cancellationToken);
        await EraseLoneMessagesAsync(db, subAccount, key, cancellationToken);
        var entries = await db.WaitingEntries.Where(row => row.SubAccountId == subAccount && row.NormalizedEmail == key)
            .ToListAsync(cancellationToken);
        foreach (var entry in entries)
        {
            var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
                .SingleAsync(row => row.Id == entry.CalendarId, cancellationToken);
            db.WaitingEntries.Remove(entry);
            db.RecordWaiting(calendar, "Somebody left the waiting list.", actor, now);
        }

        await EraseFormerAddressAsync(db, scope, cancellationToken);
        return new ErasedCounts(0, contacts, entries.Count);
    }

    /// <summary>Deletes contacts. Their appointments keep what was booked.</summary>
    public static async Task<int> EraseContactsAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        Func<IQueryable<Contact>, IQueryable<Contact>> which,
        CancellationToken cancellationToken)
    {
        var ids = await which(db.Contacts.Where(row => row.SubAccountId == subAccount)).Select(row => row.Id)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return 0;
        }

        List<Guid> resources = [.. ids.Select(id => id.Value)];
        await db.Appointments.Where(row => row.SubAccountId == subAccount && ids.Contains(row.ContactId!.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ContactId, (ContactId?)null), cancellationToken);
        await db.IdempotencyKeys.Where(row => resources.Contains(row.ResourceId)).ExecuteDeleteAsync(cancellationToken);
        return await db.Contacts.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>
    /// Empties messages. Those to the booker are not sent any more; those to staff are, with what is true then. A sender that has rendered
    /// one before loses its lease, and with it the right to store the text.
    /// </summary>
    public static async Task EraseMessagesAsync(IQueryable<Message> messages, CancellationToken cancellationToken)
    {
        var toBookers = messages.Where(row => row.Receiver == MessageReceiver.Booker || row.Receiver == MessageReceiver.FormerBooker);
        await toBookers.Where(row => row.State == MessageState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MessageState.Dropped), cancellationToken);
        await toBookers.ExecuteUpdateAsync(set => set.SetProperty(row => row.Address, ""), cancellationToken);
        await messages.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Subject, "")
                .SetProperty(row => row.Content, "")
                .SetProperty(row => row.Told, "")
                .SetProperty(row => row.LastError, "")
                .SetProperty(row => row.LeaseOwner, (Guid?)null)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>A reader of events that is writing bodies with the data at this moment fails, and writes them again without.</summary>
    private static async Task BeforeWebhookReaderAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM event_readers WHERE "Name" = {WebhookReaderName} FOR UPDATE""", cancellationToken);
            return;
        }

        var reader = await db.EventReaders.SingleOrDefaultAsync(row => row.Name == WebhookReaderName, cancellationToken);
        reader?.Advance([], now);
    }

    private static async Task EraseTopicsAsync(
        ZoomCalendarContext db,
        IReadOnlyList<Appointment> appointments,
        List<AppointmentId> ids,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var served = await db.Events.Where(row => ids.Contains(row.AppointmentId!.Value) && row.SlotMeetingId != null)
            .Select(row => row.SlotMeetingId!.Value).Distinct().ToListAsync(cancellationToken);
        List<SlotMeetingId> all = [.. served.Union(appointments.Select(row => row.SlotMeetingId).OfType<SlotMeetingId>())];
        foreach (var meeting in await db.SlotMeetings.Where(row => all.Contains(row.Id)).ToListAsync(cancellationToken))
        {
            meeting.EraseTopic(now);
        }
    }

    // Addresses are compared as .NET does, not as the database does.
    private static async Task EraseLoneMessagesAsync(
        ZoomCalendarContext db, SubAccountId subAccount, string key, CancellationToken cancellationToken)
    {
        var rows = await db.Messages
            .Where(row => row.SubAccountId == subAccount && row.AppointmentId == null && row.Receiver == MessageReceiver.Booker)
            .Where(row => row.Address != "").Select(row => new { row.Id, row.Address }).ToListAsync(cancellationToken);
        await EraseMessagesAsync(db, [.. rows.Where(row => EmailAddress.Key(row.Address) == key).Select(row => row.Id)], cancellationToken);
        // Not rendered yet, so they have no address.
        await EraseMessagesAsync(
            db.Messages.Where(row => row.SubAccountId == subAccount && row.AppointmentId == null && row.Receiver == MessageReceiver.Booker
                && row.Address == "" && row.State == MessageState.Waiting
                && db.Set<WaitingEntry>().Any(entry => entry.Id == row.WaitingId && entry.NormalizedEmail == key)),
            cancellationToken);
    }

    /// <summary>
    /// Appointments that were booked under the address before, and are under another one now. They stay as they are; what was told about
    /// them before is erased.
    /// </summary>
    private static async Task EraseFormerAddressAsync(ZoomCalendarContext db, BookerScope scope, CancellationToken cancellationToken)
    {
        var named = await db.EventsNamingAsync(scope, cancellationToken);
        foreach (var part in named.Select(row => row.Id).Chunk(Part))
        {
            await db.Events.Where(row => part.Contains(row.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Detail, ""), cancellationToken);
        }

        foreach (var last in named.GroupBy(row => row.AppointmentId).Select(changes => changes.Last()))
        {
            var (id, until, at, resource) = (last.AppointmentId, last.Id, last.At, last.AppointmentId.Value);
            var rows = await db.Messages.Where(row => row.AppointmentId == id && row.Address != "")
                .Where(row => row.Receiver == MessageReceiver.Booker || row.Receiver == MessageReceiver.FormerBooker)
                .Select(row => new { row.Id, row.Address }).ToListAsync(cancellationToken);
            await EraseMessagesAsync(
                db,
                [.. rows.Where(row => EmailAddress.Key(row.Address) == scope.Key).Select(row => row.Id)],
                cancellationToken);
            await EraseMessagesAsync(
                db.Messages.Where(row => row.AppointmentId == id && row.EventId <= until
                    && row.Receiver != MessageReceiver.Booker && row.Receiver != MessageReceiver.FormerBooker),
                cancellationToken);
            await EraseDeliveriesAsync(
                db.WebhookDeliveries.Where(row => row.AppointmentId == id && row.EventId <= until), cancellationToken);
            await db.IdempotencyKeys.Where(row => row.ResourceId == resource && row.At <= at).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static async Task EraseDeliveriesAsync(IQueryable<WebhookDelivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (var delivery in await deliveries.Where(row => row.NextAttemptAt != null).ToListAsync(cancellationToken))
        {
            delivery.Erase();
        }
    }

    private static async Task EraseMessagesAsync(ZoomCalendarContext db, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var part in ids.Chunk(Part))
        {
            await EraseMessagesAsync(db.Messages.Where(row => part.Contains(row.Id)), cancellationToken);
        }
    }
}
