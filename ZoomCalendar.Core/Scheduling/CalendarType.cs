namespace ZoomCalendar.Core.Scheduling;

/// <summary>Who holds a calendar's slots.</summary>
public enum CalendarType
{
    /// <summary>Its one member.</summary>
    Personal,

    /// <summary>Any member who is free.</summary>
    RoundRobin,

    /// <summary>The primary owner, with every member free.</summary>
    Collective,

    /// <summary>Its one owner, for many seats.</summary>
    ClassBooking,

    /// <summary>Nobody: only seats count.</summary>
    Event,

    /// <summary>Its one owner; never Zoom.</summary>
    Legacy,
}
