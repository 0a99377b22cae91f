using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A time at which a host is busy, in Unix ticks. A candidate slot must not overlap [BufferedStart, BufferedEnd): the time itself plus, on
/// each side, the larger of the two adjacent buffers.
/// </summary>
internal readonly record struct BusyInterval(
    ReasonKind Kind, long Start, long End, long BufferedStart, long BufferedEnd, Guid CalendarId, Guid? HostId, int Seats)
{
    public static BusyInterval Appointment(BookedInterval taken, SlotRules candidate)
    {
        var (start, end) = (taken.Start.ToUnixTimeTicks(), taken.End.ToUnixTimeTicks());
        var bufferedStart = start - Math.Max(candidate.BufferAfter.BclCompatibleTicks, taken.BufferBefore.BclCompatibleTicks);
        var bufferedEnd = end + Math.Max(taken.BufferAfter.BclCompatibleTicks, candidate.BufferBefore.BclCompatibleTicks);

        return new BusyInterval(ReasonKind.HostBooked, start, end, bufferedStart, bufferedEnd, taken.CalendarId, taken.HostId, Seats: 1);
    }

    public static BusyInterval Unavailable(ReasonKind kind, Instant start, Instant end) =>
        new(
            kind,
            start.ToUnixTimeTicks(),
            end.ToUnixTimeTicks(),
            start.ToUnixTimeTicks(),
            end.ToUnixTimeTicks(),
            Guid.Empty,
            null,
            Seats: 0);

    public static int BySlot(BusyInterval a, BusyInterval b)
    {
        var order = a.Start.CompareTo(b.Start);
        order = order != 0 ? order : a.CalendarId.CompareTo(b.CalendarId);

        return order != 0 ? order : Nullable.Compare(a.HostId, b.HostId);
    }

    public bool IsSlotOf(Guid calendarId, Guid? hostId) => Kind == ReasonKind.HostBooked && CalendarId == calendarId && HostId == hostId;

    public bool Overlaps(long start, long end) => Start < end && start < End;

    public BusyInterval Merge(BusyInterval seat) => this with
    {
        End = Math.Max(End, seat.End),
        BufferedStart = Math.Min(BufferedStart, seat.BufferedStart),
        BufferedEnd = Math.Max(BufferedEnd, seat.BufferedEnd),
        Seats = Seats + seat.Seats,
    };
}
