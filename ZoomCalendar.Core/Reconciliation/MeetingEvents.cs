using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Writes the events of a link: one row for each active appointment that carries it, or one for the slot if there are none.
/// </summary>
internal static class MeetingEvents
{
    public static async Task RecordAsync(
        ZoomCalendarContext db,
        SlotMeeting meeting,
        IReadOnlyList<LinkEvent> events,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        var sharing = await db.Appointments
            .Where(row => row.SlotMeetingId == meeting.Id)
            .WhereActive()
            .Select(row => (AppointmentId?)row.Id)
            .ToListAsync(cancellationToken);

        var causes = events.Any(each => each.Kind is EventKind.LinkReady)
            ? await LinkCauses.OfAsync(db, meeting, [.. sharing.OfType<AppointmentId>()], cancellationToken)
            : [];
        foreach (var (kind, detail) in events)
        {
            // Events for the host alone are written once, not once per seat.
            IReadOnlyList<AppointmentId?> appointments = kind switch
            {
                EventKind.LinkDropped => [await LastLeaverAsync(db, meeting.SubAccountId, meeting.Id, cancellationToken)],
                _ when kind is EventKind.LinkChangedInZoom || sharing.Count == 0 => [sharing is [var only] ? only : null],
                _ => sharing,
            };
            db.Events.AddRange(appointments.Select(appointment => new Event
            {
                At = now,
                SubAccountId = meeting.SubAccountId,
                Kind = kind,
                AppointmentId = appointment,
                CalendarId = meeting.CalendarId,
                SlotMeetingId = meeting.Id,
                UserId = meeting.HostId,
                Detail = DetailOf(kind, detail, appointment),
            }));
        }

        string DetailOf(EventKind kind, string detail, AppointmentId? appointment) => kind switch
        {
            EventKind.LinkReady when appointment is { } id && causes.TryGetValue(id, out var cause) =>
                $"{LinkDescriber.Cause(cause)} {LinkDescriber.SharedCost(detail, sharing.Count)}".TrimStart(),
            EventKind.LinkReady or EventKind.LinkUpdated => LinkDescriber.SharedCost(detail, sharing.Count).Text,
            _ => detail,
        };
    }

    /// <summary>The appointment that left the meeting last. The meeting's deletion belongs to its history.</summary>
    private static Task<AppointmentId?> LastLeaverAsync(
        ZoomCalendarContext db, SubAccountId subAccount, SlotMeetingId meeting, CancellationToken cancellationToken) =>
        db.Events
            .Where(row => row.SubAccountId == subAccount && row.SlotMeetingId == meeting && row.Kind == EventKind.LinkDropped
                && row.AppointmentId != null)
            .OrderByDescending(row => row.Id)
            .Select(row => row.AppointmentId)
            .FirstOrDefaultAsync(cancellationToken);
}

/// <summary>Something that happened to a link, to be written as events.</summary>
internal readonly record struct LinkEvent(EventKind Kind, string Detail = "");
