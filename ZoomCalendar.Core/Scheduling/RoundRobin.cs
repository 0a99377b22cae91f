namespace ZoomCalendar.Core.Scheduling;

public enum Distribution
{
    /// <summary>The free host of the highest priority; among equals the one with the fewest appointments.</summary>
    Availability,

    /// <summary>The free host with the fewest appointments; among equals the one of the highest priority.</summary>
    Equal,
}

/// <summary>Draws the host of a round-robin slot from those who can hold it.</summary>
public static class RoundRobin
{
    /// <summary>
    /// One of the hosts of a <see cref="FreeSlot"/> or <see cref="BookingVerdict"/>; null if there is none. Counts are the hosts' active
    /// appointments on the calendar as they are now (a host without any may be missing); keep is the host of an appointment being moved.
    /// </summary>
    public static Guid? Choose(IReadOnlyList<AbleHost> able, Distribution distribution, IReadOnlyDictionary<Guid, int> counts, Guid? keep = null)
    {
        if (keep is not null && able.Any(h => h.Id == keep))
        {
            return keep;
        }

        // A started slot is filled before another host's is opened; the id decides last, so that a draw can be repeated.
        var hosts = able.OrderByDescending(h => h.IsStarted);

        return (distribution == Distribution.Availability
                ? hosts.ThenByDescending(h => h.Priority).ThenBy(Count)
                : hosts.ThenBy(Count).ThenByDescending(h => h.Priority))
            .ThenBy(h => h.Id)
            .Select(h => h.Id)
            .FirstOrDefault();

        int Count(AbleHost host) => counts.GetValueOrDefault(host.Id ?? Guid.Empty);
    }
}
