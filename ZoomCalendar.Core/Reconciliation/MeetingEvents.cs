using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>What happened to a link, one row for each active appointment that carries it; with none of them, one row for the slot.</summary>
internal static class MeetingEvents
{
    public static async Task RecordAsync(ZoomCalendarContext db, SlotMeeting meeting, IReadOnlyList<LinkEvent> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        var sharing = await db.Appointments
            .Where(row => row.SlotMeetingId == meeting.Id)
            .Where(row => row.Status == AppointmentStatus.New || row.Status == AppointmentStatus.Confirmed
                || row.Status == AppointmentStatus.Showed || row.Status == AppointmentStatus.NoShow)
            .Select(row => (AppointmentId?)row.Id)
            .ToListAsync(cancellationToken);

        var causes = events.Any(each => each.Kind is EventKind.LinkReady)
            ? await LinkCauses.OfAsync(db, meeting, [.. sharing.OfType<AppointmentId>()], cancellationToken)
            : [];
        foreach (var (kind, detail) in events)
        {
            // What is for the host alone to read is told once, not once per seat.
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
                Detail = kind is EventKind.LinkReady && appointment is { } id && causes.TryGetValue(id, out var cause)
                    ? $"{LinkDescriber.Cause(cause)} {detail}".TrimStart()
                    : detail,
            }));
        }
    }

    /// <summary>Whose leaving made the meeting unwanted: its end belongs to that appointment's history.</summary>
    private static Task<AppointmentId?> LastLeaverAsync(ZoomCalendarContext db, SubAccountId subAccount, SlotMeetingId meeting, CancellationToken cancellationToken) =>
        db.Events
            .Where(row => row.SubAccountId == subAccount && row.SlotMeetingId == meeting && row.Kind == EventKind.LinkDropped && row.AppointmentId != null)
            .OrderByDescending(row => row.Id)
            .Select(row => row.AppointmentId)
            .FirstOrDefaultAsync(cancellationToken);
}

internal readonly record struct LinkEvent(EventKind Kind, string Detail = "");
