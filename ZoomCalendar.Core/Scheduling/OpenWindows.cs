using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Converts wall-clock hours to instants by the rules of their zone.</summary>
public static class OpenWindows
{
    // Windows of neighbouring dates matter: a window belongs to its local date, windows can merge when the clocks go back, and a slot of up
    // to a day may end in a later window.
    private const int DaysAround = 3;

    /// <summary>The windows that overlap [from, to), in order. They do not overlap each other.</summary>
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

        var windows = new List<OpenWindow>();

        for (var i = merged.Count - 1; i >= 0; i--)
        {
            var (open, close) = merged[i];
            var openUntil = windows.Count > 0 && windows[^1].Open == close ? windows[^1].OpenUntil : close;
            windows.Add(new OpenWindow(open, close, availability.Zone, openUntil));
        }

        windows.Reverse();

        return [.. windows.Where(w => w.Open < to && from < w.Close)];
    }

    /// <summary>
    /// Converts the hours of one date. A time in a gap becomes the first instant after the gap. An ambiguous opening is the earlier
    /// instant, an ambiguous closing the later one.
    /// </summary>
    public static (Instant Open, Instant Close) Bounds(DateTimeZone zone, LocalDate date, OpenHours hours) =>
        (InstantOf(zone, date, hours.From, Resolvers.ReturnEarlier), InstantOf(zone, date, hours.Until, Resolvers.ReturnLater));

    /// <summary>The first instant of a date. If the zone skipped the date, the first instant after it.</summary>
    public static Instant StartOf(DateTimeZone zone, LocalDate date) => Bounds(zone, date, OpenHours.AllDay).Open;

    /// <summary>The overlaps of the windows of both lists. Each list must be in order.</summary>
    public static IReadOnlyList<OpenWindow> Intersect(IReadOnlyList<OpenWindow> ours, IReadOnlyList<OpenWindow> theirs)
    {
        var common = new List<OpenWindow>();

        for (int i = 0, j = 0; i < ours.Count && j < theirs.Count;)
        {
            var open = Instant.Max(ours[i].Open, theirs[j].Open);
            var close = Instant.Min(ours[i].Close, theirs[j].Close);

            if (open < close)
            {
                common.Add(new OpenWindow(open, close, ours[i].Zone, Instant.Min(ours[i].OpenUntil, theirs[j].OpenUntil)));
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
