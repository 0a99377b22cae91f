namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Draws the host of a round-robin slot from those who can hold it: by availability the one of the highest priority, by equal
/// distribution the one with the fewest appointments; the other of the two decides between equals.
/// </summary>
public static class RoundRobin
{
    /// <summary>
    /// One of the hosts of a <see cref="FreeSlot"/> or <see cref="BookingCheckResult"/>; null if there is none. Counts are the hosts' active
    /// appointments on the calendar as they are now (a host without any may be missing); keep is the host of an appointment being moved.
    /// </summary>
    public static Guid? Choose(IReadOnlyList<AvailableHost> able, RoundRobinBy by, IReadOnlyDictionary<Guid, int> counts, Guid? keep = null)
    {
        if (keep is not null && able.Any(h => h.Id == keep))
        {
            return keep;
        }

        // A started slot is filled before another host's is opened; the id decides last, so that a draw can be repeated.
        var hosts = able.OrderByDescending(h => h.IsStarted);

        return (by == RoundRobinBy.Availability
                ? hosts.ThenByDescending(h => h.Priority).ThenBy(Count)
                : hosts.ThenBy(Count).ThenByDescending(h => h.Priority))
            .ThenBy(h => h.Id)
            .Select(h => h.Id)
            .FirstOrDefault();

        int Count(AvailableHost host) => counts.GetValueOrDefault(host.Id ?? Guid.Empty);
    }
}
