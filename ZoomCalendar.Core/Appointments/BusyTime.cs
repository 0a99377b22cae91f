using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// The time that one active appointment takes of one user: a row per user, for collective calendars one per member. Whether a user is free
/// is answered from this table alone.
/// </summary>
public sealed class BusyTime
{
    public AppointmentId AppointmentId { get; init; }

    public UserId UserId { get; init; }

    public CalendarId CalendarId { get; init; }

    /// <summary>
    /// Together with the calendar and <see cref="Start"/> the slot. Two busy times of a user may overlap only within one slot.
    /// </summary>
    public UserId HostId { get; init; }

    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    /// <summary>Exempt from the constraint against overlaps. The time still counts as taken.</summary>
    public bool DoubleBook { get; init; }
}
