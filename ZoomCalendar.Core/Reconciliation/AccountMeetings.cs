using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Applies connecting and disconnecting to the slot meetings of a Zoom account.</summary>
internal sealed class AccountMeetings : IAccountMeetings
{
    public async Task ResumeManagingAsync(
        ZoomCalendarContext db, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await Current(db)
            .Where(meeting => meeting.ZoomUserKey == zoomUserKey && meeting.End > now
                && (meeting.WaitingFor == WaitingFor.Connection || meeting.WaitingFor == WaitingFor.Reconnection
                    || meeting.WaitingFor == WaitingFor.Approval))
            .ToListAsync(cancellationToken);
        waiting.ForEach(meeting => meeting.MarkManaged(now));
    }

    // A meeting that was deleted in Zoom twice keeps waiting for staff.
    public async Task AssignAccountAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        UserId user,
        string? zoomUserKey,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var earliest = now - Appointment.Longest;
        var neverSent = await db.SlotMeetings
            .Where(meeting => meeting.HostId == user && meeting.SubAccountId == subAccount && meeting.Start > earliest
                && meeting.State == SlotMeetingState.Wanted
                && meeting.InFlight == null && meeting.ZoomMeetingId == null && meeting.End > now && meeting.ZoomUserKey != zoomUserKey
                && (zoomUserKey == null || meeting.WaitingFor != WaitingFor.Staff))
            .ToListAsync(cancellationToken);
        neverSent.ForEach(meeting => meeting.AssignAccount(zoomUserKey, now));
    }

    public async Task StopManagingAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken)
    {
        var left = await Current(db).Where(meeting => meeting.ZoomUserKey == zoomUserKey).ToListAsync(cancellationToken);
        left.ForEach(meeting => meeting.MarkUnmanaged());
    }

    public async Task RepairAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        UserId user,
        string zoomUserKey,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var without = await db.Appointments
            .Where(appointment => appointment.HostId == user && appointment.SubAccountId == subAccount
                && appointment.SlotMeetingId == null && appointment.Location.Kind == MeetingLocationKind.Zoom)
            .WhereActive()
            .WhereNotOver(now)
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
                meeting.ContentChanged(end, now);
            }

            foreach (var appointment in seats)
            {
                appointment.SlotMeetingId = meeting.Id;
            }
        }
    }

    public async Task EraseAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken)
    {
        var meetings = await db.SlotMeetings.Where(meeting => meeting.ZoomUserKey == zoomUserKey).ToListAsync(cancellationToken);
        meetings.ForEach(meeting => meeting.EraseZoomData());
    }

    public Task EraseExpiredLinksAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.SlotMeetings
            .Where(meeting => meeting.ZoomUserKey == null && meeting.State == SlotMeetingState.Live && meeting.End <= now
                && meeting.JoinUrl != null)
            .ExecuteUpdateAsync(set => set.SetProperty(meeting => meeting.JoinUrl, (string?)null), cancellationToken);

    public IQueryable<string?> WaitingDeletions(ZoomCalendarContext db, DateTimeOffset now) =>
        db.SlotMeetings.Where(meeting => meeting.State == SlotMeetingState.Unwanted && meeting.End > now)
            .Select(meeting => meeting.ZoomUserKey);

    private static IQueryable<SlotMeeting> Current(ZoomCalendarContext db) => db.SlotMeetings.Where(meeting =>
        meeting.State == SlotMeetingState.Wanted || meeting.State == SlotMeetingState.Live || meeting.State == SlotMeetingState.Unwanted);
}
