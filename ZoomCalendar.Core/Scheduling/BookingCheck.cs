using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>What staff may set aside knowingly. Seats, overlaps and buffers only an admin may, by double-booking.</summary>
[Flags]
public enum Overrides
{
    None = 0,

    /// <summary>Closed, a day off, off the grid.</summary>
    Hours = 1,
    Notice = 2,
    Horizon = 4,
    Length = 8,
    Staff = Hours | Notice | Horizon | Length,

    /// <summary>A time the host has blocked; not part of what staff may override.</summary>
    Blocked = 16,

    /// <summary>Seats, overlaps and buffers: an admin's flag on the appointment.</summary>
    DoubleBook = 32,
}

/// <summary>One start to be booked; a host if one was asked for or is to be kept.</summary>
public sealed record BookingRequest(Instant Start, Duration Length, Guid? HostId = null, Overrides Overrides = Overrides.None);

/// <summary>Either reasons, or the hosts who can hold the slot.</summary>
public sealed record BookingVerdict(IReadOnlyList<Reason> Reasons, IReadOnlyList<AbleHost> Hosts)
{
    public bool IsAllowed => Reasons.Count == 0;
}

/// <summary>The rules of the listing for one start, asked again inside the booking's transaction with the rows as they are then.</summary>
public static class BookingCheck
{
    public static BookingVerdict Judge(ScheduleInput input, BookingRequest request) =>
        new Schedule(input).Judge(request.Start, request.Length, request.HostId, request.Overrides);

    /// <summary>
    /// What stands in the way of an appointment lasting longer where it is: other appointments and their buffers, nothing else.
    /// The appointment itself is in <see cref="ScheduleInput.Moving"/>.
    /// </summary>
    public static IReadOnlyList<Reason> Lengthen(ScheduleInput input, Instant start, Duration length, Guid? hostId) =>
        [.. new Schedule(input).Judge(start, length, hostId).Reasons.Where(r => r.Kind is ReasonKind.HostBooked or ReasonKind.Buffer or ReasonKind.NoHost)];
}
