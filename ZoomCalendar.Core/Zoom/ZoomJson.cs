using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The border that everything Zoom says comes in by. A member that is missing or of another type is null. A value that is kept as it stands, and that the
/// database could not keep, makes the whole answer unreadable: cut or cleaned it would be another value. Words that are only shown are cut and cleaned.
/// </summary>
internal static partial class ZoomJson
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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: text that is no valid UTF-8 or UTF-16, found only when it is read. FormatException: Exact, and addresses.
        }

        return value is not null;
    }

    /// <summary>Words that every database can hold, with U+FFFD for half a character, which Zoom leaves where it cuts a text.</summary>
    public static string? Text(this JsonElement parent, string name) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => StorableText.Clean(Whole(text)),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>As <see cref="Text"/>, at most <paramref name="longest"/> UTF-16 units of it.</summary>
    public static string? ShortText(this JsonElement parent, string name, int longest) => parent.Text(name) is { } text ? ZoomText.Cut(text, longest) : null;

    /// <summary>A value that is kept as it stands: an id, an address, a secret.</summary>
    /// <exception cref="FormatException">It is longer than <paramref name="longest"/> or has control characters; caught by <see cref="TryRead"/>.</exception>
    /// <exception cref="InvalidOperationException">It is no valid text; caught by <see cref="TryRead"/>.</exception>
    public static string? ExactText(this JsonElement parent, string name, int longest) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => Keepable(text.GetString()!, name, longest),
        { ValueKind: JsonValueKind.Number } number => Keepable(number.GetRawText(), name, longest),
        _ => null,
    };

    /// <summary>As <see cref="ExactText"/>, but null for what cannot be kept: in a list, one odd entry must not hide the others.</summary>
    public static string? ExactTextOrNull(this JsonElement parent, string name, int longest)
    {
        try
        {
            return parent.ExactText(name, longest);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A whole number, written as a number or as a string.</summary>
    public static long? Number(this JsonElement parent, string name) =>
        long.TryParse(parent.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static int? SmallNumber(this JsonElement parent, string name) =>
        parent.Number(name) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;

    public static DateTimeOffset? Instant(this JsonElement parent, string name) => ZoomTime.Parse(parent.Text(name));

    /// <summary>Null if it is no absolute address.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="longest">As it is kept, which is the escaped form.</param>
    /// <exception cref="FormatException">It cannot be kept; caught by <see cref="TryRead"/>.</exception>
    public static Uri? Link(this JsonElement parent, string name, int longest) =>
        Uri.TryCreate(parent.ExactText(name, longest), UriKind.Absolute, out var link) && Keepable(link.AbsoluteUri, name, longest) is not null ? link : null;

    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    private static string Keepable(string text, string name, int longest) =>
        text.Length <= longest && StorableText.IsClean(text) && !text.Any(char.IsControl) ? text : throw new FormatException($"{name} cannot be kept.");

    private static string Whole(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape. What is no UTF-8 at all fails here as well.
            return JsonSerializer.Deserialize<string>(Escape().Replace(text.GetRawText(), escape => escape.Groups["half"].Success ? "\\ufffd" : escape.Value))!;
        }
    }

    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)")]
    private static partial Regex Escape();
}
