using System.Globalization;
using NodaTime;

namespace ZoomCalendar.Web.Api;

/// <summary>Instants as clients write them: milliseconds since 1970, or ISO 8601 with an offset.</summary>
internal static class ApiTime
{
    public const string Expected = "must be milliseconds since 1970, or ISO 8601 with an offset such as 2026-11-23T09:00:00-05:00";

    // Fractions only if there are some, so that a value read back equals the one written.
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    private static readonly string[] Patterns =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
    ];

    // Times beyond these cannot be booked, and adding a length to them would overflow.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var read = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            ? OfMilliseconds(milliseconds)
            : OfIso(text);
        return read >= Earliest && read < Latest ? read : null;
    }

    public static string Write(DateTimeOffset instant, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset().ToString(Written, CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset instant, string zoneId) => Write(instant, ZoneOf(zoneId));

    public static DateTimeZone ZoneOf(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;

    private static DateTimeOffset? OfMilliseconds(long milliseconds) =>
        milliseconds is > 0 and < 10_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static DateTimeOffset? OfIso(string text)
    {
        // A plus sign that was not escaped arrives as a space.
        var repaired = text.Replace(' ', '+');
        var hasOffset = repaired.EndsWith('Z') || (repaired.Length > 6 && repaired[^6] is '+' or '-');
        return hasOffset && DateTimeOffset.TryParseExact(
            repaired, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }
}
