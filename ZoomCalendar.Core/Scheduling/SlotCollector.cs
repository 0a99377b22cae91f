using System.Runtime.InteropServices;
using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Gathers what the lanes offer, lane by lane, and puts together what starts at the same instant. A find is one number (start, lane,
/// seats taken): a month of many hosts has tens of thousands, which so sort fast and stay small.
/// </summary>
internal sealed class SlotCollector
{
    private const int SeatBits = 14;
    private const int LaneBits = 15;
    private const int StartShift = SeatBits + LaneBits;

    private readonly List<long> _found = [];

    /// <summary>Starts are whole seconds: windows open at them, and intervals are whole minutes.</summary>
    public void Add(Instant start, int lane, int seatsTaken) =>
        _found.Add((start.ToUnixTimeSeconds() << StartShift) | ((long)lane << SeatBits) | (uint)seatsTaken);

    public IReadOnlyList<FreeSlot> InOrder(IReadOnlyList<HostGroup> lanes, Duration length, Func<Instant, bool> isWanted)
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
                slots.Add(new FreeSlot(start, start + length, Hosts(lanes, found[first..next])));
            }
        }

        return slots;
    }

    private static AvailableHost[] Hosts(IReadOnlyList<HostGroup> lanes, ReadOnlySpan<long> found)
    {
        var hosts = new AvailableHost[found.Length];

        for (var i = 0; i < hosts.Length; i++)
        {
            hosts[i] = lanes[(int)(found[i] >> SeatBits) & ((1 << LaneBits) - 1)].ToAvailableHost((int)found[i] & ((1 << SeatBits) - 1));
        }

        return hosts;
    }
}
