using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>What calendars need to know of, and tell, the appointments made on them. Works in the caller's transaction.</summary>
public interface ICalendarAppointments
{
    /// <summary>Whether the calendar was ever booked.</summary>
    Task<bool> AnyAsync(ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken);

    /// <summary>Active appointments that are not over, by host.</summary>
    Task<IReadOnlyDictionary<UserId, int>> CountUpcomingAsync(ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// The calendar's name, description, zone or meeting settings changed: upcoming live meetings are compared, and Zoom gets an update for those that differ.
    /// Call <c>Signals.Committed()</c> after the transaction.
    /// </summary>
    Task MeetingSettingsChangedAsync(ZoomCalendarContext db, CalendarId calendar, DateTimeOffset now, CancellationToken cancellationToken);
}
