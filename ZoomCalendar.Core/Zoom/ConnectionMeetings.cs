using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

/// <summary>What connecting and disconnecting mean for the slot meetings. Part of the caller's transaction; nothing is sent from here.</summary>
internal static class ConnectionMeetings
{
    /// <summary>Meetings made on this Zoom account and left alone since it was lost are looked after again, waiting deletions too.</summary>
    public static async Task TakeUpAgainAsync(ZoomCalendarContext db, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await Current(db)
            .Where(meeting => meeting.ZoomUserKey == zoomUserKey && meeting.End > now
                && (meeting.WaitingFor == WaitingFor.Connection || meeting.WaitingFor == WaitingFor.Reconnection || meeting.WaitingFor == WaitingFor.Approval))
            .ToListAsync(cancellationToken);
        waiting.ForEach(meeting => meeting.ManagedAgain(now));
    }

    /// <summary>
    /// Links that this user's appointments here still wait for are made on this account from now on; null: on none.
    /// One that was deleted in Zoom twice goes on waiting for staff.
    /// </summary>
    public static async Task ServeAsync(
        ZoomCalendarContext db, SubAccountId subAccount, UserId user, string? zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var neverSent = await db.SlotMeetings
            .Where(meeting => meeting.HostId == user && meeting.SubAccountId == subAccount && meeting.State == SlotMeetingState.Wanted
                && meeting.InFlight == null && meeting.ZoomMeetingId == null && meeting.End > now && meeting.ZoomUserKey != zoomUserKey
                && (zoomUserKey == null || meeting.WaitingFor != WaitingFor.Staff))
            .ToListAsync(cancellationToken);
        neverSent.ForEach(meeting => meeting.ServeFrom(zoomUserKey, now));
    }

    /// <summary>No connection to the account is left: its links go on working, nobody looks after them.</summary>
    public static async Task LeaveAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken)
    {
        var left = await Current(db).Where(meeting => meeting.ZoomUserKey == zoomUserKey).ToListAsync(cancellationToken);
        left.ForEach(meeting => meeting.NoLongerManaged());
    }

    /// <summary>A repair: upcoming Zoom appointments without a slot meeting join their slot's, or open it. There should be none.</summary>
    public static async Task RepairAsync(
        ZoomCalendarContext db, SubAccountId subAccount, UserId user, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var without = await db.Appointments
            .Where(appointment => appointment.HostId == user && appointment.SubAccountId == subAccount && appointment.End > now
                && appointment.SlotMeetingId == null && appointment.Location.Kind == MeetingLocationKind.Zoom)
            .Where(appointment => appointment.Status == AppointmentStatus.New || appointment.Status == AppointmentStatus.Confirmed
                || appointment.Status == AppointmentStatus.Showed || appointment.Status == AppointmentStatus.NoShow)
            .ToListAsync(cancellationToken);
        foreach (var seats in without.GroupBy(appointment => appointment.Slot))
        {
            var slot = seats.Key;
            var end = seats.Max(appointment => appointment.End);
            var meeting = await db.SlotMeetings.SingleOrDefaultAsync(
                row => row.CalendarId == slot.CalendarId && row.HostId == slot.HostId && row.Start == slot.Start
                    && (row.State == SlotMeetingState.Wanted || row.State == SlotMeetingState.Live),
                cancellationToken);
            if (meeting is null)
            {
                meeting = new SlotMeeting(subAccount, slot, end, zoomUserKey, now);
                db.SlotMeetings.Add(meeting);
            }
            else if (end > meeting.End)
            {
                meeting.Changed(end, now);
            }

            foreach (var appointment in seats)
            {
                appointment.SlotMeetingId = meeting.Id;
            }
        }
    }

    private static IQueryable<SlotMeeting> Current(ZoomCalendarContext db) => db.SlotMeetings.Where(meeting =>
        meeting.State == SlotMeetingState.Wanted || meeting.State == SlotMeetingState.Live || meeting.State == SlotMeetingState.Unwanted);
}
