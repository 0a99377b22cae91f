using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>The time zones that people live in, with the names that they are found by. Thread-safe.</summary>
internal static class TimeZoneNames
{
    // As the tz database itself lists them by country.
    private static readonly string[] Ids =
        [.. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(location => location.ZoneId).Append("Etc/UTC").Distinct()];

    /// <returns>City, region and present offset: <c>Berlin, Europe (UTC+01:00)</c>. An unknown id: the id.</returns>
    public static string Name(string id, Instant now)
    {
        if (id == "Etc/UTC")
        {
            return "UTC";
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not { } zone)
        {
            return id;
        }

        var offset = Offset(zone.GetUtcOffset(now));
        var parts = id.Replace('_', ' ').Split('/');
        return parts.Length == 1 ? $"{id} ({offset})" : $"{parts[^1]}, {string.Join(", ", parts[..^1].Reverse())} ({offset})";
    }

    /// <summary>
    /// The zones whose name or id holds each word of <paramref name="text"/>, from west to east; <paramref name="first"/>, usually the
    /// browser's own zone, stands at the top.
    /// </summary>
    public static IReadOnlyList<string> Search(string? text, string? first, Instant now)
    {
        var words = (text ?? "").Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. Ids.Select(id => (Id: id, Name: Name(id, now), Offset: DateTimeZoneProviders.Tzdb[id].GetUtcOffset(now)))
                .Where(zone => words.All(word => $"{zone.Name} {zone.Id}".Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderByDescending(zone => zone.Id == first)
                .ThenBy(zone => zone.Offset)
                .ThenBy(zone => zone.Name, StringComparer.Ordinal)
                .Select(zone => zone.Id),
        ];
    }

    private static string Offset(Offset offset) => offset == NodaTime.Offset.Zero ? "UTC" : $"UTC{offset.ToString("+HH:mm", null)}";
}
