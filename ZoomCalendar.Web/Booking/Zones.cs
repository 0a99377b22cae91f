using NodaTime.TimeZones;

namespace ZoomCalendar.Web.Booking;

/// <summary>The zones that people live in, as the tz database lists them by country.</summary>
internal static class Zones
{
    private static readonly HashSet<string> Listed = [.. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(location => location.ZoneId)];

    /// <summary>Browsers still say Asia/Katmandu and Asia/Calcutta. A name that is in use is left alone, though it may be another's alias.</summary>
    public static string PresentName(string id) => !Listed.Contains(id) && TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(id, out var present) ? present : id;

    public static IReadOnlyList<IGrouping<string, string>> ByRegion { get; } =
    [
        .. TzdbDateTimeZoneSource.Default.ZoneLocations!
            .Select(location => location.ZoneId)
            .Append("Etc/UTC")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .GroupBy(id => id.Split('/')[0] is "Etc" ? "Universal" : id.Split('/')[0]),
    ];
}
