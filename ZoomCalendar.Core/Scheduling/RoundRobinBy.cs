namespace ZoomCalendar.Core.Scheduling;

public enum RoundRobinBy
{
    Availability,
    EqualDistribution,
}
