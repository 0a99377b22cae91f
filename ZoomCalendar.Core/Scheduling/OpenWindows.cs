using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Wall-clock hours as instants, by the zone's rules.</summary>
public static class OpenWindows
{
    // A window belongs to its local date, and the night the clocks go back can join those of neighbouring dates.
    private const int DaysAround = 3;

    /// <summary>The windows that share an instant with [from, to), in order, none overlapping another.</summary>
    public static IReadOnlyList<OpenWindow> Of(Availability availability, Instant from, Instant to)
    {
        var merged = new List<(Instant Open, Instant Close)>();
        var last = to.InZone(availability.Zone).Date.PlusDays(DaysAround);

        for (var date = from.InZone(availability.Zone).Date.PlusDays(-DaysAround); date <= last; date = date.PlusDays(1))
        {
            foreach (var hours in availability.HoursOn(date))
            {
                var (open, close) = Bounds(availability.Zone, date, hours);

                if (merged.Count > 0 && open < merged[^1].Close)
                {
                    merged[^1] = (merged[^1].Open, Instant.Max(merged[^1].Close, close));
                }
                else if (open < close)
                {
                    merged.Add((open, close));
                }
            }
        }

        return [.. merged.Where(w => w.Open < to && from < w.Close).Select(w => new OpenWindow(w.Open, w.Close, availability.Zone))];
    }

    /// <summary>In a gap: the first instant after it. Ambiguous: the earlier instant opens, the later one closes.</summary>
    public static (Instant Open, Instant Close) Bounds(DateTimeZone zone, LocalDate date, OpenHours hours) =>
        (InstantOf(zone, date, hours.From, Resolvers.ReturnEarlier), InstantOf(zone, date, hours.Until, Resolvers.ReturnLater));

    /// <summary>Where all the windows of all the lists overlap; each list in order.</summary>
    public static IReadOnlyList<OpenWindow> Common(IReadOnlyList<OpenWindow> ours, IReadOnlyList<OpenWindow> theirs)
    {
        var common = new List<OpenWindow>();

        for (int i = 0, j = 0; i < ours.Count && j < theirs.Count;)
        {
            var open = Instant.Max(ours[i].Open, theirs[j].Open);
            var close = Instant.Min(ours[i].Close, theirs[j].Close);

            if (open < close)
            {
                common.Add(new OpenWindow(open, close, ours[i].Zone));
            }

            _ = ours[i].Close <= theirs[j].Close ? i++ : j++;
        }

        return common;
    }

    private static Instant InstantOf(DateTimeZone zone, LocalDate date, int minutes, AmbiguousTimeResolver ambiguous)
    {
        var local = minutes == OpenHours.NextMidnight ? date.PlusDays(1).AtMidnight() : date + new LocalTime(minutes / 60, minutes % 60);
        var mapping = zone.MapLocal(local);

        return mapping.Count switch
        {
            0 => mapping.LateInterval.Start,
            1 => mapping.First().ToInstant(),
            _ => ambiguous(mapping.First(), mapping.Last()).ToInstant(),
        };
    }
}
