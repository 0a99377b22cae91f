namespace ZoomCalendar.Core.Scheduling;

/// <summary>The types of calendars. Stored as text.</summary>
public enum CalendarType
{
    Personal,
    RoundRobin,
    Collective,
    ClassBooking,
    Event,
}
