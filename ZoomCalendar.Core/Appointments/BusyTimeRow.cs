using NodaTime;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// A row of the combined query over everything that takes a user's time or an event calendar's seats: busy times, blocked times,
/// appointments without a host, and seats reserved by waiting lists.
/// </summary>
public sealed class BusyTimeRow
{
    /// <summary>Null for an event calendar's appointment, and for a time blocked for the whole calendar.</summary>
    public UserId? UserId { get; private init; }

    /// <summary>Null for a blocked time. A waiting list entry counts as an appointment under its own id.</summary>
    public AppointmentId? AppointmentId { get; private init; }

    public CalendarId? CalendarId { get; private init; }

    public UserId? HostId { get; private init; }

    public DateTimeOffset Start { get; private init; }

    public DateTimeOffset End { get; private init; }

    /// <summary>
    /// The lower bound that a range is compared with. For an appointment its start: none lasts longer than a day, so an index finds the few
    /// that matter. For a blocked time its end: it may last for weeks.
    /// </summary>
    public DateTimeOffset Reach { get; private init; }

    public int BufferBeforeMinutes { get; private init; }

    public int BufferAfterMinutes { get; private init; }

    /// <summary>A seat reserved for a waiting list entry without an offer. It is not one of the day's appointments.</summary>
    public bool IsWaiting { get; private init; }

    internal BookedInterval ToBookedInterval() => new(
        AppointmentId!.Value.Value,
        CalendarId!.Value.Value,
        HostId?.Value,
        Instant.FromDateTimeOffset(Start),
        Instant.FromDateTimeOffset(End),
        Duration.FromMinutes(BufferBeforeMinutes),
        Duration.FromMinutes(BufferAfterMinutes));
}
