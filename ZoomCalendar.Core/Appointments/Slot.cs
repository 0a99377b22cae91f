using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Appointments;

/// <summary>A time slot: what shares one meeting link. Event calendars have no host.</summary>
public sealed record Slot(CalendarId CalendarId, UserId? HostId, DateTimeOffset Start);
