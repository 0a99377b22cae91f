using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A period of open time, half-open, in instants. Slots step by elapsed time from its opening. A slot ends by the closing, or in a window
/// that begins exactly there. If the clocks go back inside the window, a start whose wall-clock time was already offered is left out.
/// </summary>
public sealed class OpenWindow
{
    // Null unless the clocks change inside the window. This avoids a zone lookup for each start.
    private readonly ZoneInterval[]? _clocks;

    /// <param name="open">The first instant.</param>
    /// <param name="close">The first instant after it.</param>
    /// <param name="zone">The zone of its wall-clock times.</param>
    /// <param name="openUntil">The closing of the last window that follows without a gap. Null: none follows.</param>
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

    /// <summary>
    /// The latest end of a slot that starts in this window: its closing, or the closing of the windows that follow without a gap.
    /// </summary>
    public Instant OpenUntil { get; }

    public DateTimeZone Zone { get; }

    /// <summary>The slot starts in [from, to) whose slots end by <see cref="OpenUntil"/>, in order.</summary>
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

    /// <summary>True if a slot of this length can start here, regardless of the grid.</summary>
    public bool Holds(Instant start, Duration length) => Open <= start && start < Close && start + length <= OpenUntil;

    /// <summary>True if the start is a whole number of intervals after the opening.</summary>
    public bool IsOnGrid(Instant start, Duration interval) => (start - Open).BclCompatibleTicks % interval.BclCompatibleTicks == 0;

    /// <summary>True if an earlier slot start had the same wall-clock time, before the clocks went back.</summary>
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
