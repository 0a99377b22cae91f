namespace ZoomCalendar.Core.Scheduling;

/// <summary>What staff may knowingly set aside. Seats and overlap only by an admin's double-book.</summary>
[Flags]
public enum BookingOverride
{
    None = 0,

    /// <summary>Opening hours, days off, the slot grid and the calendar's length; not times that the host has blocked.</summary>
    Hours = 1,
    Notice = 2,
    Horizon = 4,
    DoubleBook = 8,
    Staff = Hours | Notice | Horizon,
}
