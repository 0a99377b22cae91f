using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// Sends the app's notices as messages. A lost or ended connection and a quota that runs out go to the user and the admins, except the
/// actor. A link that is still missing near the appointment goes to the host, once per slot. The notice of a lost connection is repeated
/// for some days while upcoming Zoom appointments lack links.
/// </summary>
internal static class NoticePlan
{
    private static readonly TimeSpan Near = TimeSpan.FromHours(24);

    /// <summary>Days after a connection was lost.</summary>
    private static readonly int[] ReminderDays = [1, 3, 7, 14];

    public static async Task WriteAsync(ZoomCalendarContext db, IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        await WriteOfAccountsAsync(
            db,
            [.. events.Where(
                row => row.Kind is EventKind.ConnectionLost or EventKind.ConnectionEnded or EventKind.QuotaNear or EventKind.QuotaUsedUp)],
            cancellationToken);
        await WriteOfLinksAsync(
            db,
            [.. events.Where(
                row => row is { Kind: EventKind.LinkWaiting or EventKind.LinkOverdue, UserId: not null, AppointmentId: not null })],
            cancellationToken);
    }

    private static async Task WriteOfAccountsAsync(ZoomCalendarContext db, IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        List<SubAccountId> subAccounts = [.. events.Select(row => row.SubAccountId).Distinct()];
        var admins = (await db.Memberships.AsNoTracking().Where(
            row => subAccounts.Contains(row.SubAccountId) && row.Role == Role.Admin).ToListAsync(cancellationToken))
            .ToLookup(row => row.SubAccountId, row => (UserId?)row.UserId);
        foreach (var trigger in events)
        {
            List<UserId> receivers = [.. admins[trigger.SubAccountId].Append(trigger.UserId).OfType<UserId>().Distinct()];
            // The actor needs no notice.
            db.Messages.AddRange(receivers.Where(user => user != trigger.ActorId).Select(user => Notice(trigger, user, null, trigger.At)));
            if (trigger.Kind is EventKind.ConnectionLost or EventKind.ConnectionEnded
                && !await IsLostAlreadyAsync(db, trigger, cancellationToken))
            {
                // The sender checks whether a reminder still applies, and for whom, when it is due.
                db.Messages.AddRange(
                    from day in ReminderDays
                    from user in receivers
                    select Notice(trigger, user, null, trigger.At.AddDays(day), day));
            }
        }
    }

    /// <summary>A connection that is lost and then ended is one loss, whose reminders are planned already.</summary>
    private static async Task<bool> IsLostAlreadyAsync(ZoomCalendarContext db, Event trigger, CancellationToken cancellationToken)
    {
        var before = db.Events.Where(row => row.SubAccountId == trigger.SubAccountId && row.UserId == trigger.UserId
            && row.Id < trigger.Id);
        var back = await before.Where(row => row.Kind == EventKind.ConnectionMade || row.Kind == EventKind.ConnectionRestored)
            .MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0;
        var losses = await before.Where(row => row.Id > back
            && (row.Kind == EventKind.ConnectionLost || row.Kind == EventKind.ConnectionEnded))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        return losses.Count > 0
            && (db.Messages.Local.Any(row => row is { MinutesBefore: < 0, EventId: { } id } && losses.Contains(id))
                || await db.Messages.AnyAsync(
                    row => row.MinutesBefore < 0 && row.State == MessageState.Waiting && row.EventId != null
                        && losses.Contains(row.EventId.Value),
                    cancellationToken));
    }

    private static async Task WriteOfLinksAsync(ZoomCalendarContext db, IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        List<AppointmentId> ids = [.. events.Select(row => row.AppointmentId!.Value).Distinct()];
        var appointments = await db.Appointments.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        List<UserId?> hosts = [.. events.Select(row => row.UserId).Distinct()];
        var known = await db.Messages.Where(row => row.Kind == MessageKind.Notice && row.AppointmentId != null
            && hosts.Contains(row.UserId))
            .ToListAsync(cancellationToken);
        foreach (var trigger in events)
        {
            if (!appointments.TryGetValue(trigger.AppointmentId!.Value, out var appointment) || !appointment.IsActive
                || appointment.End <= trigger.At)
            {
                continue;
            }

            var near = appointment.Start - Near;
            var due = trigger.Kind is EventKind.LinkOverdue || near < trigger.At ? trigger.At : near;
            if (known.FirstOrDefault(row => row.UserId == trigger.UserId && row.Start == appointment.Start) is not { } notice)
            {
                known.Add(notice = Notice(trigger, trigger.UserId!.Value, appointment, due));
                db.Messages.Add(notice);
            }
            else if (notice is { State: MessageState.Waiting, Content: "" } && due < notice.DueAt)
            {
                notice.DueAt = due;
            }
        }
    }

    private static Message Notice(Event trigger, UserId user, Appointment? appointment, DateTimeOffset due, int daysAfter = 0) => new()
    {
        Id = Guid.CreateVersion7(trigger.At),
        SubAccountId = trigger.SubAccountId,
        EventId = trigger.Id,
        Kind = MessageKind.Notice,
        Receiver = MessageReceiver.Member,
        MinutesBefore = -daysAfter * 24 * 60,
        AppointmentId = appointment?.Id,
        UserId = user,
        Start = appointment?.Start,
        DueAt = due,
        CreatedAt = trigger.At,
    };
}
