namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Chooses the host of a round-robin slot. By availability: the highest priority, then the fewest appointments. By equal distribution: the
/// fewest appointments, then the highest priority.
/// </summary>
public static class RoundRobin
{
    /// <summary>
    /// Chooses one of the hosts of a <see cref="FreeSlot"/> or <see cref="BookingCheckResult"/>. Null: there is none.
    /// <paramref name="counts"/> has the hosts' active appointments on the calendar (a missing host has none); <paramref name="keep"/> is
    /// the host of an appointment that is moved.
    /// </summary>
    public static Guid? Choose(IReadOnlyList<AvailableHost> able, RoundRobinBy by, IReadOnlyDictionary<Guid, int> counts, Guid? keep = null)
    {
        if (keep is not null && able.Any(h => h.Id == keep))
        {
            return keep;
        }

        // A started slot is filled before another host's slot is opened. The id makes the choice deterministic.
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
