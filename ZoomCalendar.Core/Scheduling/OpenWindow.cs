using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A stretch of open time in instants, half-open. Slots step through it by elapsed time from its opening; where
/// the clocks go back inside it, a start whose wall-clock time it has already offered is left out.
/// </summary>
public sealed class OpenWindow
{
    // Null unless the clocks change inside the window, which is rare: then no start needs a look at the zone.
    private readonly ZoneInterval[]? _clocks;

    public OpenWindow(Instant open, Instant close, DateTimeZone zone)
    {
        (Open, Close, Zone) = (open, close, zone);

        var first = zone.GetZoneInterval(open);

        if (first.HasEnd && first.End < close)
        {
            _clocks = [.. zone.GetZoneIntervals(open, close)];
        }
    }

    public Instant Open { get; }

    public Instant Close { get; }

    public DateTimeZone Zone { get; }

    /// <summary>The starts in [from, to) of slots that end by closing.</summary>
    public IEnumerable<Instant> Starts(Duration length, Duration interval, Instant from, Instant to)
    {
        var start = from <= Open ? Open : Open + (interval * Steps(from - Open, interval));

        for (var last = Close - length; start <= last && start < to; start += interval)
        {
            if (!IsRepeat(start, interval))
            {
                yield return start;
            }
        }
    }

    public bool Holds(Instant start, Duration length) => Open <= start && start + length <= Close;

    public bool IsOnGrid(Instant start, Duration interval) => (start - Open).BclCompatibleTicks % interval.BclCompatibleTicks == 0;

    /// <summary>True if a step before this start had the same wall-clock time, before the clocks went back.</summary>
    public bool IsRepeat(Instant start, Duration interval)
    {
        if (_clocks is null)
        {
            return false;
        }

        var now = Zone.GetUtcOffset(start);

        foreach (var earlier in _clocks)
        {
            var goneBack = Duration.FromSeconds(earlier.WallOffset.Seconds - now.Seconds);
            var before = start - goneBack;

            if (goneBack > Duration.Zero && before >= Open && earlier.Contains(before) && IsOnGrid(before, interval))
            {
                return true;
            }
        }

        return false;
    }

    private static long Steps(Duration distance, Duration interval) =>
        (distance.BclCompatibleTicks + interval.BclCompatibleTicks - 1) / interval.BclCompatibleTicks;
}
