using System.Globalization;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Wall-clock hours within one day, half-open, in minutes since midnight; 1440 is the next midnight. Empty or reversed hours are allowed
/// and contain nothing.
/// </summary>
public sealed record OpenHours
{
    public const int NextMidnight = 24 * 60;

    public OpenHours(int from, int until)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, NextMidnight);
        ArgumentOutOfRangeException.ThrowIfNegative(until);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(until, NextMidnight);

        (From, Until) = (from, until);
    }

    public static OpenHours AllDay { get; } = new(0, NextMidnight);

    public int From { get; private init; }

    public int Until { get; private init; }

    public bool IsEmpty => Until <= From;

    /// <summary>Reads "09:00-17:30"; 24:00 and 23:59:59 are the next midnight.</summary>
    public static OpenHours Parse(string text)
    {
        var parts = text.Split('-', '–');

        return parts.Length == 2
            ? new OpenHours(Minutes(parts[0].Trim()), Minutes(parts[1].Trim()))
            : throw new FormatException($"\"{text}\" is not a pair of times such as 09:00-17:00.");
    }

    /// <summary>Sorts the hours, removes empty ones and merges overlapping ones. Hours that only touch stay separate.</summary>
    public static IReadOnlyList<OpenHours> Merge(IEnumerable<OpenHours> hours)
    {
        var merged = new List<OpenHours>();

        foreach (var next in hours.Where(h => !h.IsEmpty).OrderBy(h => h.From).ThenBy(h => h.Until))
        {
            if (merged.Count > 0 && next.From < merged[^1].Until)
            {
                merged[^1] = new OpenHours(merged[^1].From, Math.Max(merged[^1].Until, next.Until));
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    public override string ToString() => $"{Text(From)}-{Text(Until)}";

    private static string Text(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static int Minutes(string time)
    {
        if (time is "24:00" or "24:00:00" or "23:59:59")
        {
            return NextMidnight;
        }

        return TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            && clock.Second == 0
            ? (clock.Hour * 60) + clock.Minute
            : throw new FormatException($"\"{time}\" is not a time in whole minutes from 00:00 to 24:00.");
    }
}
