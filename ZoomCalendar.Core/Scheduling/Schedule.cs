using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Finds the free slots of one calendar and, for any other time, the reasons why it is not offered.</summary>
public sealed class Schedule
{
    private readonly ScheduleInput _input;
    private readonly IReadOnlyList<HostGroup> _groups;
    private readonly DayCounts _days;
    private readonly ReasonFinder _reasons;

    public Schedule(ScheduleInput input)
    {
        if (input.Hosts.Count > 1 && input.Type is not (CalendarType.RoundRobin or CalendarType.Collective))
        {
            throw new ArgumentException($"A {input.Type} calendar has at most one host.", nameof(input));
        }

        var zone = DateTimeZoneProviders.Tzdb[input.ZoneId];

        _input = input;
        _groups = HostGroup.Of(input);
        _days = new DayCounts(input, zone);
        _reasons = new ReasonFinder(input, zone, _groups, _days);
    }

    /// <summary>The slots that start in [from, to), in order.</summary>
    public IReadOnlyList<FreeSlot> FreeSlots(Instant from, Instant to) => Find(from, to, areFull: false);

    /// <summary>Slots that have no seat left but are otherwise free. The day limit is ignored.</summary>
    public IReadOnlyList<FreeSlot> FullSlots(Instant from, Instant to) => Find(from, to, areFull: true);

    /// <summary>
    /// The free slots nearest to a time, the nearest first. The input must cover the days within <paramref name="reach"/>.
    /// </summary>
    public IReadOnlyList<FreeSlot> Nearest(Instant wanted, int count, Duration reach) =>
        [.. FreeSlots(wanted - reach, wanted + reach).OrderBy(s => s.Start > wanted ? s.Start - wanted : wanted - s.Start).Take(count)];

    /// <summary>Every reason why this time is not offered. Empty: it is offered.</summary>
    public IReadOnlyList<Reason> WhyNot(Instant start, Duration? length = null) =>
        Check(start, length ?? _input.Rules.Length).Reasons;

    /// <summary>
    /// The same for a wall-clock time of the calendar's zone. The time may not exist on that day; an ambiguous time means the earlier
    /// instant.
    /// </summary>
    public IReadOnlyList<Reason> WhyNot(LocalDateTime start, Duration? length = null)
    {
        var mapping = DateTimeZoneProviders.Tzdb[_input.ZoneId].MapLocal(start);

        return mapping.Count == 0 ? [_reasons.Gap(start, mapping)] : WhyNot(mapping.First().ToInstant(), length);
    }

    internal BookingCheckResult Check(
        Instant start, Duration length, Guid? host = null, BookingOverride overrides = BookingOverride.None) =>
        _reasons.Check(start, length, host, overrides);

    private IReadOnlyList<FreeSlot> Find(Instant from, Instant to, bool areFull)
    {
        var rules = _input.Rules;
        (from, to) = (Instant.Max(from, _input.EarliestStart()), Instant.Min(to, _input.HorizonEnd()));

        if (from >= to)
        {
            return [];
        }

        var calendar = _input.Hours is null ? null : OpenWindows.Of(_input.Hours, from, to);
        var found = new SlotCollector();

        for (var group = 0; group < _groups.Count; group++)
        {
            foreach (var window in _groups[group].Windows(calendar, from, to))
            {
                foreach (var start in window.Starts(rules.Length, rules.Interval, from, to))
                {
                    var taken = _groups[group].SeatsTaken(start);

                    if (_groups[group].HasSeats(taken) != areFull && _groups[group].IsFree(start, rules.Length))
                    {
                        found.Add(start, group, taken);
                    }
                }
            }
        }

        return found.InOrder(_groups, rules.Length, start => areFull || _days.HasRoom(start, rules.DayLimit, _input.SeatsWanted));
    }
}
