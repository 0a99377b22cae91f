using NodaTime;

namespace ZoomCalendar.Tests.Scheduling;

/// <summary>
/// A reference for the clock rules: every minute of some days around an instant and the local time at it, from
/// nothing but the zone's offsets. No local-time mapping, no windows, no arithmetic of the code under test.
/// </summary>
internal sealed class MinuteClock
{
    private const int Day = 24 * 60;
    private const int DaysAround = 4;

    private readonly int[] _wall = new int[2 * DaysAround * Day];
    private readonly int _first;

    public MinuteClock(DateTimeZone zone, Instant around)
    {
        _first = (int)(around.ToUnixTimeSeconds() / 60) - (DaysAround * Day);

        // Zones of these years change and stand apart in whole minutes.
        foreach (var interval in zone.GetZoneIntervals(At(0), At(_wall.Length)))
        {
            var from = interval.HasStart ? Math.Max(0, (interval.Start.ToUnixTimeSeconds() / 60) - _first) : 0;
            var to = interval.HasEnd ? Math.Min(_wall.Length, (interval.End.ToUnixTimeSeconds() / 60) - _first) : _wall.Length;

            for (var i = from; i < to; i++)
            {
                _wall[i] = _first + (int)i + (interval.WallOffset.Seconds / 60);
            }
        }
    }

    public List<(Instant Open, Instant Close, List<Instant> Starts)> Windows(
        IReadOnlyList<(int From, int Until)> hours, int length, int interval)
    {
        var windows = new List<(int Open, int Close)>();

        // The outermost day on either side is cut off by the array.
        for (var day = (_wall[0] / Day) + 2; day < (_wall[^1] / Day) - 1; day++)
        {
            foreach (var (from, until) in hours)
            {
                var open = Shown((day * Day) + from, Array.IndexOf);
                var close = Shown((day * Day) + until, Array.LastIndexOf);

                if (windows.Count > 0 && open < windows[^1].Close)
                {
                    windows[^1] = (windows[^1].Open, Math.Max(close, windows[^1].Close));
                }
                else if (open < close)
                {
                    windows.Add((open, close));
                }
            }
        }

        return [.. windows.Select((w, i) => (At(w.Open), At(w.Close), Starts(w.Open, w.Close, OpenUntil(windows, i), length, interval)))];
    }

    /// <summary>The first or last minute at which the clock shows this time or, if it never does, the first after the gap.</summary>
    private int Shown(int wall, Func<int[], int, int> find)
    {
        var index = find(_wall, wall);

        return index >= 0 ? index : Array.FindIndex(_wall, later => later > wall);
    }

    /// <summary>A slot may end in a window that begins exactly where the one before ends.</summary>
    private static int OpenUntil(List<(int Open, int Close)> windows, int index)
    {
        for (; index + 1 < windows.Count && windows[index + 1].Open == windows[index].Close; index++)
        {
        }

        return windows[index].Close;
    }

    private List<Instant> Starts(int open, int close, int openUntil, int length, int interval)
    {
        var shown = new HashSet<int>();
        var starts = new List<Instant>();

        for (var start = open; start < close && start + length <= openUntil; start += interval)
        {
            if (shown.Add(_wall[start]))
            {
                starts.Add(At(start));
            }
        }

        return starts;
    }

    private Instant At(int index) => Instant.FromUnixTimeSeconds((_first + (long)index) * 60);
}
