using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Queries for appointments that have no link.</summary>
public static class MissingLinkQueries
{
    /// <summary>A sub-account's upcoming active Zoom appointments without a link, whatever the reason.</summary>
    public static IQueryable<Appointment> AppointmentsWithoutLink(
        this ZoomCalendarContext db, SubAccountId subAccount, DateTimeOffset now) =>
        db.Appointments.WhereActive().WhereNotOver(now).Where(row => row.SubAccountId == subAccount && row.HostId != null
            && row.Location.Kind == MeetingLocationKind.Zoom
            && !db.Set<SlotMeeting>().Any(meeting => meeting.Id == row.SlotMeetingId && meeting.State == SlotMeetingState.Live
                && meeting.JoinUrl != null));
}
