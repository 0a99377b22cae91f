using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>A time slot. All its appointments share one meeting link. HostId is null on event calendars.</summary>
public sealed record Slot(CalendarId CalendarId, UserId? HostId, DateTimeOffset Start);
