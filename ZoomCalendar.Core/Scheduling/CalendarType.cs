namespace ZoomCalendar.Core.Scheduling;

public enum CalendarType
{
    Personal,
    RoundRobin,
    Collective,
    ClassBooking,
    Event,
}
