namespace ZoomCalendar.Core.Accounts;

/// <summary>How times of day are written for a user. Stored as text; null: as the browser's language does.</summary>
public enum ClockFormat
{
    /// <summary>2:30 PM</summary>
    TwelveHours,

    /// <summary>14:30</summary>
    TwentyFourHours,
}
