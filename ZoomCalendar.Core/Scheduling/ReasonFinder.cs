using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Checks one start against the windows, host groups and day counts that the listing uses, and gives the reasons.</summary>
internal sealed class ReasonFinder(ScheduleInput input, DateTimeZone zone, IReadOnlyList<HostGroup> groups, DayCounts days)
{
    private static readonly Duration MaxDistance = Duration.FromDays(3_660);

    private readonly ReasonText _text = new(input, zone);

    public Reason Gap(LocalDateTime start, ZoneLocalMapping mapping) => new(ReasonKind.ClockChangeGap, _text.Gap(start, mapping));

    public BookingCheckResult Check(Instant start, Duration length, Guid? host, BookingOverride overrides)
    {
        // Instants this far away may be outside NodaTime's range. No override allows them.
        if (start > input.Now + MaxDistance || start < input.Now - MaxDistance)
        {
            return new BookingCheckResult(
                [start > input.Now ? new Reason(ReasonKind.TooFar, _text.TooFar()) : new Reason(ReasonKind.Past, _text.Past())], []);
        }

        if (!SlotRules.IsLength(length))
        {
            return new BookingCheckResult(
                [new Reason(ReasonKind.WrongLength, "An appointment lasts 5 minutes to 24 hours, in whole minutes.")], []);
        }

        var chosen = host is null ? groups : [.. groups.Where(l => l.SlotHost == host)];
        var general = OfCalendar(start, length, chosen.Count).Where(r => !IsOverridden(r.Kind, overrides)).ToList();
        var found = chosen
            .Select(group => (Group: group, Reasons: OfGroup(group, start, length).Where(r => !IsOverridden(r.Kind, overrides)).ToList()))
            .ToList();
        var available = found.Where(f => f.Reasons.Count == 0).Select(f => f.Group.ToAvailableHost(f.Group.SeatsTaken(start))).ToList();

        return (general.Count, available.Count) switch
        {
            (0, > 0) => new BookingCheckResult([], available),
            (_, > 0) => new BookingCheckResult(general, []),
            _ => new BookingCheckResult([.. general.Concat(found.SelectMany(f => f.Reasons)).Distinct()], []),
        };
    }

    private IEnumerable<Reason> OfCalendar(Instant start, Duration length, int groupCount)
    {
        var rules = input.Rules;

        if (start < input.Now)
        {
            yield return new Reason(ReasonKind.Past, _text.Past());
        }
        else if (start < input.EarliestStart())
        {
            yield return new Reason(ReasonKind.Notice, _text.Notice());
        }

        if (start >= input.HorizonEnd())
        {
            yield return new Reason(ReasonKind.TooFar, _text.TooFar());
        }

        if (length != rules.Length)
        {
            yield return new Reason(ReasonKind.WrongLength, _text.WrongLength());
        }

        if (!days.HasRoom(start, rules.DayLimit, input.SeatsWanted))
        {
            yield return new Reason(ReasonKind.DayLimit, _text.DayLimit(start, days.On(start)));
        }

        if (groupCount == 0)
        {
            yield return new Reason(
                ReasonKind.NoHost, groups.Count == 0 ? "Nobody hosts this calendar yet." : "That person does not host this calendar.");
        }
    }

    private IEnumerable<Reason> OfGroup(HostGroup group, Instant start, Duration length)
    {
        foreach (var reason in OfHours(group, start, length))
        {
            yield return reason;
        }

        var taken = group.SeatsTaken(start);

        if (input.Rules.Seats - taken < input.SeatsWanted)
        {
            yield return new Reason(ReasonKind.SeatsTaken, _text.SeatsTaken(start, taken), group.SlotHost);
        }

        var (from, until) = (start.ToUnixTimeTicks(), (start + length).ToUnixTimeTicks());

        foreach (var (host, timeline) in group.Timelines)
        {
            foreach (var busy in timeline.Conflicts(from, until))
            {
                var kind = busy.Kind == ReasonKind.HostBooked && !busy.Overlaps(from, until) ? ReasonKind.Buffer : busy.Kind;

                yield return new Reason(kind, _text.Conflict(kind, host?.Name ?? "The calendar", busy, start), host?.Id);
            }
        }
    }

    private IEnumerable<Reason> OfHours(HostGroup group, Instant start, Duration length)
    {
        var calendar = input.Hours is null ? null : OpenWindows.Of(input.Hours, start, start + length);
        var window = group.Windows(calendar, start, start + length).FirstOrDefault(w => w.Holds(start, length));
        var interval = input.Rules.Interval;

        if (window is null && input.Hours is null && group.Hosts.Count == 0)
        {
            return [new Reason(ReasonKind.OutsideHours, "This calendar has no opening hours.")];
        }

        if (window is null)
        {
            return input.Hours is null
                ? group.Hosts.SelectMany(h => Closed(h.Availability, h, start, length))
                : Closed(input.Hours, null, start, length);
        }

        return (window.IsOnGrid(start, interval), window.IsRepeat(start, interval)) switch
        {
            (false, _) => [new Reason(ReasonKind.OffTheGrid, _text.OffTheGrid(start, window), input.Hours is null ? group.SlotHost : null)],
            (_, true) => [new Reason(ReasonKind.ClockChangeRepeat, _text.Repeat(start, window.Zone))],
            _ => [],
        };
    }

    private IEnumerable<Reason> Closed(Availability availability, Host? host, Instant start, Duration length)
    {
        var windows = OpenWindows.Of(availability, start, start + length);

        if (!windows.Any(w => w.Holds(start, length)))
        {
            var date = start.InZone(availability.Zone).Date;
            var kind = availability.IsDayOff(date) ? ReasonKind.DayOff : ReasonKind.OutsideHours;

            yield return new Reason(kind, _text.Closed(kind, host?.Name, availability, date), host?.Id);
        }
    }

    // The other reasons cannot be overridden: the past, blocked times, the day limit, a missing host.
    private static bool IsOverridden(ReasonKind kind, BookingOverride overrides) => kind switch
    {
        ReasonKind.OutsideHours or ReasonKind.DayOff => overrides.HasFlag(BookingOverride.Hours),
        ReasonKind.OffTheGrid or ReasonKind.ClockChangeRepeat or ReasonKind.WrongLength => overrides.HasFlag(BookingOverride.Hours),
        ReasonKind.Notice => overrides.HasFlag(BookingOverride.Notice),
        ReasonKind.TooFar => overrides.HasFlag(BookingOverride.Horizon),
        ReasonKind.HostBooked or ReasonKind.Buffer or ReasonKind.SeatsTaken => overrides.HasFlag(BookingOverride.DoubleBook),
        _ => false,
    };
}
