using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A stretch of open time in instants, half-open. Slots step through it by elapsed time from its opening, and end by its closing or,
/// where another window begins exactly there, in that one. Where the clocks go back inside it, a start whose wall-clock time
/// it has already offered is left out.
/// </summary>
public sealed class OpenWindow
{
    // Null unless the clocks change inside the window, which is rare: then no start needs a look at the zone.
    private readonly ZoneInterval[]? _clocks;

    /// <param name="open">The first instant.</param>
    /// <param name="close">The first instant after it.</param>
    /// <param name="zone">On whose wall clock it opens.</param>
    /// <param name="openUntil">When the last of the windows that follow without a pause closes; null: none follows.</param>
    public OpenWindow(Instant open, Instant close, DateTimeZone zone, Instant? openUntil = null)
    {
        (Open, Close, Zone, OpenUntil) = (open, close, zone, openUntil ?? close);

        var first = zone.GetZoneInterval(open);

        if (first.HasEnd && first.End < close)
        {
            _clocks = [.. zone.GetZoneIntervals(open, close)];
        }
    }

    public Instant Open { get; }

    public Instant Close { get; }

    /// <summary>The latest end of a slot that starts in this window: its closing, or that of the windows that follow without a pause.</summary>
    public Instant OpenUntil { get; }

    public DateTimeZone Zone { get; }

    /// <summary>The starts in [from, to) of slots that end while it is open.</summary>
    public IEnumerable<Instant> Starts(Duration length, Duration interval, Instant from, Instant to)
    {
        var start = from <= Open ? Open : Open + (interval * Steps(from - Open, interval));

        for (var last = OpenUntil - length; start < Close && start <= last && start < to; start += interval)
        {
            if (!IsRepeat(start, interval))
            {
                yield return start;
            }
        }
    }

    public bool Holds(Instant start, Duration length) => Open <= start && start < Close && start + length <= OpenUntil;

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
