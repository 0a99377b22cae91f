namespace ZoomCalendar.Core.Calendars;

/// <summary>V3 calendars are the Team calendars. V1 and V2 are legacy: they can be booked, but not with Zoom.</summary>
public enum CalendarVersion
{
    V1 = 1,
    V2 = 2,
    V3 = 3,
}
