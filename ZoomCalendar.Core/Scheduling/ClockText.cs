using NodaTime;
using NodaTime.Text;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Formats dates, times and durations in English. The zone is always given; the server's zone is never used.</summary>
public static class ClockText
{
    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("ddd d MMM uuuu");
    private static readonly LocalDateTimePattern TimePattern = LocalDateTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly ZonedDateTimePattern OffsetPattern = ZonedDateTimePattern.CreateWithInvariantCulture(
        "ddd d MMM uuuu, HH:mm '('o<+HH:mm>')'", null);

    /// <summary>The current date in this zone.</summary>
    public static LocalDate Today(Instant now, string zoneId) => now.InZone(DateTimeZoneProviders.Tzdb[zoneId]).Date;

    /// <summary>"Wed 15 Jan 2025, 09:00".</summary>
    public static string At(Instant instant, DateTimeZone zone) => $"{Date(instant, zone)}, {Time(instant.InZone(zone).LocalDateTime)}";

    /// <summary>"Wed 15 Jan 2025, 09:00 (+05:45)", for a viewer whose zone is not obvious.</summary>
    public static string WithOffset(Instant instant, DateTimeZone zone) => OffsetPattern.Format(instant.InZone(zone));

    public static string Date(Instant instant, DateTimeZone zone) => Date(instant.InZone(zone).Date);

    public static string Date(LocalDate date) => DatePattern.Format(date);

    public static string Time(LocalDateTime time) => TimePattern.Format(time);

    /// <summary>"Wed 15 Jan 2025, 09:00 to 10:00". The end has a date only if it differs.</summary>
    public static string Span(Instant start, Instant end, DateTimeZone zone)
    {
        var last = end.InZone(zone).LocalDateTime;

        return $"{At(start, zone)} to {(start.InZone(zone).Date == last.Date ? Time(last) : At(end, zone))}";
    }

    /// <summary>"1 hour 30 minutes", "60 days".</summary>
    public static string Length(Duration length)
    {
        string[] parts =
        [
            length.Days > 0 ? Count(length.Days, "day") : "",
            length.Hours > 0 ? Count(length.Hours, "hour") : "",
            length.Minutes > 0 || length < Duration.FromHours(1) ? Count(length.Minutes, "minute") : "",
        ];

        return string.Join(' ', parts.Where(p => p.Length > 0));
    }

    /// <summary>"1 seat", "2 seats".</summary>
    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
