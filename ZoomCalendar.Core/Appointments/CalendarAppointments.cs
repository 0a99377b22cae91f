using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Tells the calendars' room about a calendar's appointments.</summary>
public sealed class CalendarAppointments : ICalendarAppointments
{
    public Task<bool> AnyAsync(ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken) =>
        db.Appointments.AnyAsync(row => row.CalendarId == calendar, cancellationToken);

    public async Task<IReadOnlyDictionary<UserId, int>> CountUpcomingAsync(
        ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Appointments.WhereActive().WhereNotOver(now)
            .Where(row => row.CalendarId == calendar && row.HostId != null)
            .GroupBy(row => row.HostId!.Value)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);

    public async Task MeetingSettingsChangedAsync(
        ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var upcoming = await db.SlotMeetings
            .Where(meeting => meeting.CalendarId == calendar && meeting.State == SlotMeetingState.Live && meeting.Start > now)
            .ToListAsync(cancellationToken);
        upcoming.ForEach(meeting => meeting.ContentChanged(meeting.End, now));
    }
}
