using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>A free slot and its available hosts. An event calendar has no host; a collective calendar has its primary owner.</summary>
public sealed record FreeSlot(Instant Start, Instant End, IReadOnlyList<AvailableHost> Hosts)
{
    /// <summary>The seats left at all hosts together.</summary>
    public int SeatsLeft => Hosts.Sum(h => h.SeatsLeft);
}

/// <summary>
/// A host who can take the slot. IsStarted: the host's slot at this start already has an appointment. Id is null for event calendars.
/// </summary>
public readonly record struct AvailableHost(Guid? Id, int SeatsLeft, bool IsStarted, int Priority);
