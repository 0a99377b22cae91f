using NodaTime.TimeZones;

namespace ZoomCalendar.Web.Booking;

/// <summary>The zones that people live in, as the tz database lists them by country.</summary>
internal static class Zones
{
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
