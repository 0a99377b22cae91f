using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Something that takes a host's time. [Lead, Trail) is what a candidate of one calendar has to stay out of: the time itself,
/// and on each side the larger of the two buffers that meet there.
/// </summary>
internal readonly record struct BusyInterval(ReasonKind Kind, long Start, long End, long Lead, long Trail, Guid CalendarId, Guid? HostId, int Seats)
{
    public static BusyInterval Appointment(BookedInterval taken, SlotRules candidate)
    {
        var (start, end) = (taken.Start.ToUnixTimeTicks(), taken.End.ToUnixTimeTicks());
        var lead = start - Math.Max(candidate.BufferAfter.BclCompatibleTicks, taken.BufferBefore.BclCompatibleTicks);
        var trail = end + Math.Max(taken.BufferAfter.BclCompatibleTicks, candidate.BufferBefore.BclCompatibleTicks);

        return new BusyInterval(ReasonKind.HostBooked, start, end, lead, trail, taken.CalendarId, taken.HostId, Seats: 1);
    }

    public static BusyInterval Away(ReasonKind kind, Instant start, Instant end) =>
        new(kind, start.ToUnixTimeTicks(), end.ToUnixTimeTicks(), start.ToUnixTimeTicks(), end.ToUnixTimeTicks(), Guid.Empty, null, Seats: 0);

    public static int BySlot(BusyInterval a, BusyInterval b)
    {
        var order = a.Start.CompareTo(b.Start);
        order = order != 0 ? order : a.CalendarId.CompareTo(b.CalendarId);

        return order != 0 ? order : Nullable.Compare(a.HostId, b.HostId);
    }

    public bool IsSlotOf(Guid calendarId, Guid? hostId) => Kind == ReasonKind.HostBooked && CalendarId == calendarId && HostId == hostId;

    public bool Overlaps(long start, long end) => Start < end && start < End;

    public BusyInterval And(BusyInterval seat) => this with
    {
        End = Math.Max(End, seat.End),
        Lead = Math.Min(Lead, seat.Lead),
        Trail = Math.Max(Trail, seat.Trail),
        Seats = Seats + seat.Seats,
    };
}
