using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

public static class CalendarMeetings
{
    /// <summary>
    /// The calendar's name, description, zone or meeting settings changed: upcoming live meetings are compared, and Zoom is told of those that differ.
    /// Part of the transaction that saves the settings; call <c>Signals.Committed()</c> after it.
    /// </summary>
    public static async Task MeetingSettingsChangedAsync(this ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var upcoming = await db.SlotMeetings
            .Where(meeting => meeting.CalendarId == calendar && meeting.State == SlotMeetingState.Live && meeting.Start > now)
            .ToListAsync(cancellationToken);
        upcoming.ForEach(meeting => meeting.Changed(meeting.End, now));
    }
}
