using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// One active appointment's claim on one user's time: a row per user whose time it takes (each member of a collective calendar).
/// All questions of "is this user free" are answered from this table alone.
/// </summary>
public sealed class BusyTime
{
    public AppointmentId AppointmentId { get; init; }

    public UserId UserId { get; init; }

    public CalendarId CalendarId { get; init; }

    /// <summary>With the calendar and <see cref="Start"/>, the slot; two claims may overlap only within one slot.</summary>
    public UserId HostId { get; init; }

    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    /// <summary>Exempt from the constraint against overlaps; still takes the time.</summary>
    public bool DoubleBook { get; init; }
}
