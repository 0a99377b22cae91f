using System.Globalization;
using NodaTime;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Booking;

/// <summary>Formats times in a person's zone.</summary>
internal static class VisitorTime
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Day(LocalDate date) => date.ToString("dddd d MMMM uuuu", English);

    public static string ShortDay(LocalDate date) => date.ToString("ddd d MMM", English);

    public static string Month(YearMonth month) => month.OnDayOfMonth(1).ToString("MMMM uuuu", English);

    public static string Zone(string id) => id is "Etc/UTC" ? "UTC" : id.Replace('_', ' ');

    /// <summary>UTC+01:00, as it is at that moment.</summary>
    public static string Offset(string id, Instant at) => $"UTC{At(at, id).Offset.ToString("+HH:mm", English)}";

    /// <summary>Europe/Vienna (UTC+01:00), as it is at that moment.</summary>
    public static string ZoneAt(string id, DateTimeOffset at) =>
        id is "Etc/UTC" ? Zone(id) : $"{Zone(id)} ({Offset(id, Instant.FromDateTimeOffset(at))})";

    /// <summary>Monday 2 March 2026, 10:00 – 10:30</summary>
    /// <param name="start">The start.</param>
    /// <param name="end">The end.</param>
    /// <param name="zoneId">The reader's zone.</param>
    /// <param name="clock">The reader's clock. Null: 24 hours.</param>
    public static string When(DateTimeOffset start, DateTimeOffset end, string zoneId, VisitorClock? clock = null)
    {
        var (from, until) = (At(Instant.FromDateTimeOffset(start), zoneId), At(Instant.FromDateTimeOffset(end), zoneId));
        return from.Date == until.Date
            ? $"{Day(from.Date)}, {Time(from, clock)} – {Time(until, clock)}"
            : $"{Day(from.Date)}, {Time(from, clock)} – {Day(until.Date)}, {Time(until, clock)}";
    }

    /// <summary>Monday 2 March 2026, 10:00</summary>
    public static string At(DateTimeOffset instant, string zoneId, VisitorClock? clock = null)
    {
        var local = At(Instant.FromDateTimeOffset(instant), zoneId);
        return $"{Day(local.Date)}, {Time(local, clock)}";
    }

    /// <summary>14:30 or 2:30 PM. Where the clock shows a time twice, the offset tells which.</summary>
    public static string Time(ZonedDateTime time, VisitorClock? clock)
    {
        var text = time.ToString(clock is { Format: ClockFormat.TwelveHours } ? "h:mm tt" : "HH:mm", English);
        return time.Zone.MapLocal(time.LocalDateTime).Count > 1 ? $"{text} (UTC{time.Offset.ToString("+HH:mm", English)})" : text;
    }

    private static ZonedDateTime At(Instant instant, string zoneId) =>
        instant.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc);
}
