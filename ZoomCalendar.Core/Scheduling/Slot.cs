using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>A time slot: what shares one meeting link. Event calendars have no host.</summary>
public sealed record Slot(CalendarId CalendarId, UserId? HostId, DateTimeOffset Start);
