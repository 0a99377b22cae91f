using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>A slot on offer and who can hold it; of an event nobody, of a collective calendar its primary owner.</summary>
public sealed record FreeSlot(Instant Start, Instant End, IReadOnlyList<AvailableHost> Hosts)
{
    /// <summary>Of all the hosts together.</summary>
    public int SeatsLeft => Hosts.Sum(h => h.SeatsLeft);
}

/// <summary>Started: the host's slot at this start already has an appointment. The id is null for an event.</summary>
public readonly record struct AvailableHost(Guid? Id, int SeatsLeft, bool IsStarted, int Priority);
