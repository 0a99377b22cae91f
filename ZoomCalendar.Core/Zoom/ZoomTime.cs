using System.Globalization;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Zoom's formats of instants and waiting times.</summary>
internal static class ZoomTime
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string[] Readable = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    /// <summary>UTC without fractions, the only form that Zoom interprets unambiguously.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Written, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            Readable,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant)
            ? instant
            : null;

    /// <summary>
    /// The delay of a <c>Retry-After</c> header (seconds, an ISO 8601 instant or an HTTP date), at most 24 hours. <paramref name="now"/>
    /// should be Zoom's clock if it is known. Null: unreadable or not in the future.
    /// </summary>
    public static TimeSpan? RetryDelay(string? retryAfter, DateTimeOffset now)
    {
        retryAfter = retryAfter?.Trim();

        // Digits only: .NET also parses "NaN" and "Infinity" as numbers.
        var wait = retryAfter is { Length: > 0 } && retryAfter.All(character => char.IsAsciiDigit(character) || character is '.')
            ? double.TryParse(retryAfter, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(Math.Min(seconds, MaxWait.TotalSeconds))
                : null
            : (Parse(retryAfter) ?? HttpDate(retryAfter)) - now;

        if (wait is null || wait <= TimeSpan.Zero)
        {
            return null;
        }

        return wait < MaxWait ? wait : MaxWait;
    }

    private static DateTimeOffset? HttpDate(string? text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
}
