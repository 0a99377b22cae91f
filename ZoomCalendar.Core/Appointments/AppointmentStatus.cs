namespace ZoomCalendar.Core.Appointments;

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

public static class AppointmentStatuses
{
    /// <summary>Active appointments take their host's time, a seat, and use the slot's link.</summary>
    public static bool IsActive(this AppointmentStatus status) =>
        status is AppointmentStatus.New or AppointmentStatus.Confirmed or AppointmentStatus.Showed or AppointmentStatus.NoShow;
}

public enum BookingSource
{
    Staff,
    Public,
    Api,
}
