namespace ZoomCalendar.Core.Appointments;

/// <summary>The status of an appointment. Stored as text.</summary>
public enum AppointmentStatus
{
    /// <summary>Booked and not confirmed yet. Active.</summary>
    New,
    /// <summary>Confirmed. Active.</summary>
    Confirmed,
    /// <summary>The booker attended. Active.</summary>
    Showed,
    /// <summary>The booker did not attend. Active.</summary>
    NoShow,
    /// <summary>Marked as invalid by staff.</summary>
    Invalid,
    Cancelled,
    /// <summary>No longer shown; kept for its history.</summary>
    Deleted,
}

/// <summary>Groups of statuses.</summary>
public static class AppointmentStatuses
{
    /// <summary>Active appointments take their host's time and a seat, and use the slot's link.</summary>
    public static bool IsActive(this AppointmentStatus status) =>
        status is AppointmentStatus.New or AppointmentStatus.Confirmed or AppointmentStatus.Showed or AppointmentStatus.NoShow;

    /// <summary>Only active appointments. The same condition as <see cref="IsActive"/>, for queries.</summary>
    public static IQueryable<Appointment> WhereActive(this IQueryable<Appointment> appointments) => appointments.Where(row =>
        row.Status == AppointmentStatus.New || row.Status == AppointmentStatus.Confirmed
        || row.Status == AppointmentStatus.Showed || row.Status == AppointmentStatus.NoShow);

    /// <summary>Only appointments that are running or to come. Bounded by the start too, so that an index skips all that is over.</summary>
    public static IQueryable<Appointment> WhereNotOver(this IQueryable<Appointment> appointments, DateTimeOffset now)
    {
        var earliest = now - Appointment.Longest;
        return appointments.Where(row => row.Start > earliest && row.End > now);
    }
}

/// <summary>Where a booking came from. Stored as text.</summary>
public enum BookingSource
{
    Staff,
    Public,
    Api,
}
