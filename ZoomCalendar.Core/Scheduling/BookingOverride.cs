namespace ZoomCalendar.Core.Scheduling;

/// <summary>The rules that staff may override. Seats and overlap need an admin's double-book.</summary>
[Flags]
public enum BookingOverride
{
    None = 0,

    /// <summary>Opening hours, days off, the slot grid and the calendar's length, but not blocked times.</summary>
    Hours = 1,
    Notice = 2,
    Horizon = 4,
    DoubleBook = 8,
    Staff = Hours | Notice | Horizon,
}
