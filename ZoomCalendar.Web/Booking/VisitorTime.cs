using System.Globalization;
using NodaTime;

namespace ZoomCalendar.Web.Booking;

/// <summary>Formats times in a person's zone.</summary>
internal static class VisitorTime
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Day(LocalDate date) => date.ToString("dddd d MMMM uuuu", English);

    public static string ShortDay(LocalDate date) => date.ToString("ddd d MMM", English);

    public static string Month(YearMonth month) => month.OnDayOfMonth(1).ToString("MMMM uuuu", English);

    public static string Zone(string id) => id is "Etc/UTC" ? "UTC" : id.Replace('_', ' ');

    /// <summary>Monday 2 March 2026, 10:00 – 10:30</summary>
    public static string When(DateTimeOffset start, DateTimeOffset end, string zoneId) =>
        Length(
            Instant.FromDateTimeOffset(start),
            Instant.FromDateTimeOffset(end),
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc);

    /// <summary>Monday 2 March 2026, 10:00</summary>
    public static string At(DateTimeOffset instant, string zoneId)
    {
        var local = Instant.FromDateTimeOffset(instant).InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc);
        return $"{Day(local.Date)}, {Clock(local)}";
    }

    private static string Length(Instant start, Instant end, DateTimeZone zone)
    {
        var (from, until) = (start.InZone(zone), end.InZone(zone));
        return from.Date == until.Date
            ? $"{Day(from.Date)}, {Clock(from)} – {Clock(until)}"
            : $"{Day(from.Date)}, {Clock(from)} – {Day(until.Date)}, {Clock(until)}";
    }

    // Where the clock shows a time twice, the offset tells which.
    private static string Clock(ZonedDateTime time) =>
        time.Zone.MapLocal(time.LocalDateTime).Count > 1
            ? $"{time.ToString("HH:mm", English)} (UTC{time.Offset.ToString("+HH:mm", English)})"
            : time.ToString("HH:mm", English);
}
