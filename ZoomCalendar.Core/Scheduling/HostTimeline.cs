using System.Runtime.InteropServices;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// What takes one host's time, seen by a calendar looking for slots. Sorted once; a question costs a binary search, whatever
/// the number of taken times. Times are ticks, because these comparisons are what a month's listing consists of.
/// </summary>
internal sealed class HostTimeline
{
    private readonly BusyInterval[] _busy;
    private readonly long[] _leads;
    private readonly Reach[] _reaches;
    private readonly Dictionary<long, int> _ownSlots = [];

    /// <summary>The own host makes, with the calendar and a start, the slot whose appointments a candidate would join.</summary>
    public HostTimeline(Guid calendarId, Guid? ownHost, SlotRules rules, IEnumerable<BookedInterval> taken, IEnumerable<BusyInterval> blocked, IReadOnlySet<Guid> moving)
    {
        _busy = Sorted(taken.Where(t => !moving.Contains(t.AppointmentId)), rules, blocked);
        _leads = Array.ConvertAll(_busy, b => b.Lead);
        _reaches = new Reach[_busy.Length];

        var reach = new Reach(-1, long.MinValue, long.MinValue);

        for (var i = 0; i < _busy.Length; i++)
        {
            _reaches[i] = reach = reach.With(i, _busy[i].Trail);

            if (_busy[i].IsSlotOf(calendarId, ownHost))
            {
                _ownSlots[_busy[i].Start] = i;
            }
        }
    }

    public int SeatsTaken(long start) => _ownSlots.TryGetValue(start, out var own) ? _busy[own].Seats : 0;

    /// <summary>Nothing but the candidate's own slot stands in the way of [start, end).</summary>
    public bool IsFree(long start, long end)
    {
        var before = CountBefore(end);

        return before == 0 || _reaches[before - 1].Without(OwnSlot(start)) <= start;
    }

    /// <summary>All that <see cref="IsFree"/> stumbles over, for the sentences.</summary>
    public IEnumerable<BusyInterval> Conflicts(long start, long end)
    {
        var own = OwnSlot(start);

        return _busy.Take(CountBefore(end)).Where((busy, i) => busy.Trail > start && i != own);
    }

    private int OwnSlot(long start) => _ownSlots.Count > 0 && _ownSlots.TryGetValue(start, out var own) ? own : -1;

    /// <summary>How many begin to matter before this end.</summary>
    private int CountBefore(long end)
    {
        var (low, high) = (0, _leads.Length);

        while (low < high)
        {
            var middle = (low + high) / 2;

            (low, high) = _leads[middle] < end ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static BusyInterval[] Sorted(IEnumerable<BookedInterval> taken, SlotRules rules, IEnumerable<BusyInterval> blocked)
    {
        var all = taken.Select(t => BusyInterval.Appointment(t, rules)).ToList();
        all.Sort(BusyInterval.BySlot);

        // The seats of one slot are one thing to get past.
        var slots = 0;
        var span = CollectionsMarshal.AsSpan(all);

        foreach (var seat in span)
        {
            if (slots > 0 && BusyInterval.BySlot(span[slots - 1], seat) == 0)
            {
                span[slots - 1] = span[slots - 1].And(seat);
            }
            else
            {
                span[slots++] = seat;
            }
        }

        all.RemoveRange(slots, all.Count - slots);
        all.AddRange(blocked);
        all.Sort((a, b) => a.Lead.CompareTo(b.Lead));

        return [.. all];
    }

    /// <summary>How far everything up to an index reaches, and how far it does without the one that reaches furthest.</summary>
    private readonly record struct Reach(int Furthest, long Trail, long TrailOfOthers)
    {
        public Reach With(int index, long trail) =>
            trail > Trail ? new Reach(index, trail, Trail) : this with { TrailOfOthers = Math.Max(TrailOfOthers, trail) };

        public long Without(int index) => index == Furthest && index >= 0 ? TrailOfOthers : Trail;
    }
}
