namespace ZoomCalendar.Core.Calendars;

/// <summary>How meetings are recorded.</summary>
public enum Recording
{
    None,
    Local,
    Cloud,
}
