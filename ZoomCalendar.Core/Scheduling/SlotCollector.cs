using System.Runtime.InteropServices;
using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Collects the free starts of each host group and merges those with the same start. An entry is packed into one number (start, group,
/// seats taken), because a month of many hosts has tens of thousands of entries to sort.
/// </summary>
internal sealed class SlotCollector
{
    private const int SeatBits = 14;
    private const int GroupBits = 15;
    private const int StartShift = SeatBits + GroupBits;

    private readonly List<long> _found = [];

    /// <summary>The start must be a whole second. It always is: windows open at whole seconds, and intervals are whole minutes.</summary>
    public void Add(Instant start, int group, int seatsTaken) =>
        _found.Add((start.ToUnixTimeSeconds() << StartShift) | ((long)group << SeatBits) | (uint)seatsTaken);

    public IReadOnlyList<FreeSlot> InOrder(IReadOnlyList<HostGroup> groups, Duration length, Func<Instant, bool> isWanted)
    {
        var found = CollectionsMarshal.AsSpan(_found);
        var slots = new List<FreeSlot>();

        found.Sort();

        for (int first = 0, next; first < found.Length; first = next)
        {
            for (next = first + 1; next < found.Length && found[next] >> StartShift == found[first] >> StartShift;)
            {
                next++;
            }

            var start = Instant.FromUnixTimeSeconds(found[first] >> StartShift);

            if (isWanted(start))
            {
                slots.Add(new FreeSlot(start, start + length, Hosts(groups, found[first..next])));
            }
        }

        return slots;
    }

    private static AvailableHost[] Hosts(IReadOnlyList<HostGroup> groups, ReadOnlySpan<long> found)
    {
        var hosts = new AvailableHost[found.Length];

        for (var i = 0; i < hosts.Length; i++)
        {
            hosts[i] = groups[(int)(found[i] >> SeatBits) & ((1 << GroupBits) - 1)].ToAvailableHost((int)found[i] & ((1 << SeatBits) - 1));
        }

        return hosts;
    }
}
