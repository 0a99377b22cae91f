using NodaTime;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// A row of all that takes somebody's time, or an event calendar's seats: taken times, blocked times, hostless appointments, and the seats
/// that waiting lists keep, in one query.
/// </summary>
public sealed class BusyTimeRow
{
    /// <summary>Null: an event calendar's appointment, or a time blocked for the calendar as a whole.</summary>
    public UserId? UserId { get; private init; }

    /// <summary>Null: a blocked time. A place in line counts as an appointment under its own id.</summary>
    public AppointmentId? AppointmentId { get; private init; }

    public CalendarId? CalendarId { get; private init; }

    public UserId? HostId { get; private init; }

    public DateTimeOffset Start { get; private init; }

    public DateTimeOffset End { get; private init; }

    /// <summary>
    /// What a range is compared with from below: an appointment's start (none lasts longer than a day, so an index finds the few that matter
    /// however long the past is), a blocked time's end (one may last for weeks).
    /// </summary>
    public DateTimeOffset Reach { get; private init; }

    public int BufferBeforeMinutes { get; private init; }

    public int BufferAfterMinutes { get; private init; }

    /// <summary>Of somebody who waits, without an offer: it keeps the seat from others, but is not one of the day's appointments.</summary>
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
