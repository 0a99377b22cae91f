using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Gathers what the lanes offer and puts together what starts at the same instant.</summary>
internal sealed class FoundSlots
{
    private readonly List<(long Start, int Lane)> _keys = [];
    private readonly List<AbleHost> _hosts = [];

    public void Add(Instant start, int lane, AbleHost host)
    {
        _keys.Add((start.ToUnixTimeTicks(), lane));
        _hosts.Add(host);
    }

    public IReadOnlyList<FreeSlot> InOrder(Duration length, Func<Instant, bool> isWanted)
    {
        var (keys, hosts) = (_keys.ToArray(), _hosts.ToArray());

        // One lane's finds are in order already.
        if (keys.Length > 0 && keys[^1].Lane > 0)
        {
            Array.Sort(keys, hosts);
        }

        var slots = new List<FreeSlot>(keys.Length);

        for (int first = 0, next; first < keys.Length; first = next)
        {
            for (next = first + 1; next < keys.Length && keys[next].Start == keys[first].Start;)
            {
                next++;
            }

            var start = Instant.FromUnixTimeTicks(keys[first].Start);

            if (isWanted(start))
            {
                slots.Add(new FreeSlot(start, start + length, hosts[first..next]));
            }
        }

        return slots;
    }
}
