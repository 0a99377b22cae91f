namespace ZoomCalendar.Core.Appointments;

/// <summary>The status of an appointment. Stored as text.</summary>
public enum AppointmentStatus
{
    New,
    Confirmed,
    Showed,
    NoShow,
    Invalid,
    Cancelled,
    Deleted,
}

/// <summary>Groups of statuses.</summary>
public static class AppointmentStatuses
{
    /// <summary>Active appointments take their host's time and a seat, and use the slot's link.</summary>
    public static bool IsActive(this AppointmentStatus status) =>
        status is AppointmentStatus.New or AppointmentStatus.Confirmed or AppointmentStatus.Showed or AppointmentStatus.NoShow;
}

/// <summary>Where a booking came from. Stored as text.</summary>
public enum BookingSource
{
    Staff,
    Public,
    Api,
}
