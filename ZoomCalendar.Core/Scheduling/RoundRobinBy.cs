namespace ZoomCalendar.Core.Scheduling;

/// <summary>How round robin chooses between available hosts. Stored as text.</summary>
public enum RoundRobinBy
{
    Availability,
    EqualDistribution,
}
