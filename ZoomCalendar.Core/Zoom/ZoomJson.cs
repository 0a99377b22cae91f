using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Reads Zoom's JSON forgivingly: a member that is missing or of another type is null, never an exception.</summary>
internal static class ZoomJson
{
    public static readonly JsonSerializerOptions Writing = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>False if the body is no JSON object, or <paramref name="read"/> finds nothing in it.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;

        try
        {
            using var document = JsonDocument.Parse(body);
            value = document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is no valid UTF-8 or UTF-16, found only when it is read.
        }

        return value is not null;
    }

    // PostgreSQL stores no NUL, and nothing Zoom says needs one.
    public static string? Text(this JsonElement parent, string name) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Replace("\0", ""),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A whole number, written as a number or as a string.</summary>
    public static long? Number(this JsonElement parent, string name) =>
        long.TryParse(parent.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static int? SmallNumber(this JsonElement parent, string name) =>
        parent.Number(name) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;

    public static DateTimeOffset? Instant(this JsonElement parent, string name) => ZoomTime.Parse(parent.Text(name));

    public static Uri? Link(this JsonElement parent, string name) =>
        Uri.TryCreate(parent.Text(name), UriKind.Absolute, out var link) ? link : null;

    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;
}
