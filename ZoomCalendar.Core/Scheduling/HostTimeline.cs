using System.Runtime.InteropServices;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// The busy times of one host, with the buffers of one calendar. They are sorted once, so each query is a binary search. Times are Unix
/// ticks, because a month's listing consists of these comparisons.
/// </summary>
internal sealed class HostTimeline
{
    private readonly BusyInterval[] _busy;
    private readonly long[] _starts;
    private readonly Reach[] _reaches;
    private readonly Dictionary<long, int> _ownSlots = [];

    /// <summary>
    /// The calendar, <paramref name="ownHost"/> and a start identify the slot that a candidate would join. Appointments of that slot do not
    /// conflict.
    /// </summary>
    public HostTimeline(
        Guid calendarId,
        Guid? ownHost,
        SlotRules rules,
        IEnumerable<BookedInterval> taken,
        IEnumerable<BusyInterval> blocked,
        IReadOnlySet<Guid> moving)
    {
        _busy = Sorted(taken.Where(t => !moving.Contains(t.AppointmentId)), rules, blocked);
        _starts = Array.ConvertAll(_busy, b => b.BufferedStart);
        _reaches = new Reach[_busy.Length];

        var reach = new Reach(-1, long.MinValue, long.MinValue);

        for (var i = 0; i < _busy.Length; i++)
        {
            _reaches[i] = reach = reach.With(i, _busy[i].BufferedEnd);

            if (_busy[i].IsSlotOf(calendarId, ownHost))
            {
                _ownSlots[_busy[i].Start] = i;
            }
        }
    }

    public int SeatsTaken(long start) => _ownSlots.TryGetValue(start, out var own) ? _busy[own].Seats : 0;

    /// <summary>True if nothing but the candidate's own slot overlaps [start, end).</summary>
    public bool IsFree(long start, long end)
    {
        var before = CountBefore(end);

        return before == 0 || _reaches[before - 1].Without(OwnSlot(start)) <= start;
    }

    /// <summary>All conflicts that make <see cref="IsFree"/> false.</summary>
    public IEnumerable<BusyInterval> Conflicts(long start, long end)
    {
        var own = OwnSlot(start);

        return _busy.Take(CountBefore(end)).Where((busy, i) => busy.BufferedEnd > start && i != own);
    }

    private int OwnSlot(long start) => _ownSlots.Count > 0 && _ownSlots.TryGetValue(start, out var own) ? own : -1;

    /// <summary>The number of busy times whose buffered start is before this end.</summary>
    private int CountBefore(long end)
    {
        var (low, high) = (0, _starts.Length);

        while (low < high)
        {
            var middle = (low + high) / 2;

            (low, high) = _starts[middle] < end ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static BusyInterval[] Sorted(IEnumerable<BookedInterval> taken, SlotRules rules, IEnumerable<BusyInterval> blocked)
    {
        var all = taken.Select(t => BusyInterval.Appointment(t, rules)).ToList();
        all.Sort(BusyInterval.BySlot);

        // The seats of one slot become one interval.
        var slots = 0;
        var span = CollectionsMarshal.AsSpan(all);

        foreach (var seat in span)
        {
            if (slots > 0 && BusyInterval.BySlot(span[slots - 1], seat) == 0)
            {
                span[slots - 1] = span[slots - 1].Merge(seat);
            }
            else
            {
                span[slots++] = seat;
            }
        }

        all.RemoveRange(slots, all.Count - slots);
        all.AddRange(blocked);
        all.Sort((a, b) => a.BufferedStart.CompareTo(b.BufferedStart));

        return [.. all];
    }

    /// <summary>The latest buffered end of all intervals up to an index, with and without the interval that reaches furthest.</summary>
    private readonly record struct Reach(int Furthest, long BufferedEnd, long BufferedEndOfOthers)
    {
        public Reach With(int index, long bufferedEnd) =>
            bufferedEnd > BufferedEnd
                ? new Reach(index, bufferedEnd, BufferedEnd)
                : this with { BufferedEndOfOthers = Math.Max(BufferedEndOfOthers, bufferedEnd) };

        public long Without(int index) => index == Furthest && index >= 0 ? BufferedEndOfOthers : BufferedEnd;
    }
}
