using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

internal static class ConnectionRows
{
    public static Task<bool> IsMemberAsync(this ZoomCalendarContext db, SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        db.Memberships.AnyAsync(membership => membership.SubAccountId == subAccount && membership.UserId == user, cancellationToken);

    /// <summary>What is still to be deleted in Zoom. After its slot is over nothing is sent any more.</summary>
    public static IQueryable<SlotMeeting> WaitingDeletions(this ZoomCalendarContext db, DateTimeOffset now) =>
        db.SlotMeetings.Where(meeting => meeting.State == SlotMeetingState.Unwanted && meeting.End > now);
}
