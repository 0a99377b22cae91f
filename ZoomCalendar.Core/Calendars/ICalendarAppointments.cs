using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>What calendars need from appointments. Works in the caller's transaction.</summary>
public interface ICalendarAppointments
{
    /// <summary>True if the calendar was ever booked.</summary>
    Task<bool> AnyAsync(ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken);

    /// <summary>The number of active appointments that are not over, by host.</summary>
    Task<IReadOnlyDictionary<UserId, int>> CountUpcomingAsync(
        ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Call it if the calendar's name, description, zone or meeting settings changed. Upcoming live meetings that differ get an update in
    /// Zoom. Call <c>Signals.Committed()</c> after the transaction.
    /// </summary>
    Task MeetingSettingsChangedAsync(ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken);
}
