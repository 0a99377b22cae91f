using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// Reads Zoom's JSON. A member that is missing or has another type is null. A value that must be stored unchanged but cannot be stored
/// makes the whole response unreadable. Text for display is shortened and cleaned.
/// </summary>
internal static partial class ZoomJson
{
    public static readonly JsonSerializerOptions Writing = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>False if the body is not a JSON object, or if <paramref name="read"/> returns null.</summary>
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
            // InvalidOperationException: invalid UTF-8 or UTF-16, detected only when the text is read. FormatException: see ExactText and
            // Link.
        }

        return value is not null;
    }

    /// <summary>
    /// Text that every database can store. An unpaired surrogate, which Zoom produces where it truncates text, becomes U+FFFD.
    /// </summary>
    public static string? Text(this JsonElement parent, string name) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => StorableText.Clean(Decode(text)),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>Like <see cref="Text"/>, shortened to <paramref name="longest"/> UTF-16 units.</summary>
    public static string? ShortText(this JsonElement parent, string name, int longest) =>
        parent.Text(name) is { } text ? ZoomText.Cut(text, longest) : null;

    /// <summary>A value that must be stored unchanged: an id, an address, a secret.</summary>
    /// <exception cref="FormatException">It is longer than <paramref name="longest"/> or has control characters; caught by
    /// <see cref="TryRead"/>.</exception>
    /// <exception cref="InvalidOperationException">It is not valid text; caught by <see cref="TryRead"/>.</exception>
    public static string? ExactText(this JsonElement parent, string name, int longest) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => EnsureStorable(text.GetString()!, name, longest),
        { ValueKind: JsonValueKind.Number } number => EnsureStorable(number.GetRawText(), name, longest),
        _ => null,
    };

    /// <summary>
    /// Like <see cref="ExactText"/>, but null for a value that cannot be stored. For lists: one invalid entry must not hide the others.
    /// </summary>
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

    /// <summary>A 32-bit whole number, written as a number or as a string.</summary>
    public static int? Int32(this JsonElement parent, string name) =>
        parent.Number(name) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;

    /// <summary>An instant in one of Zoom's formats. Null: missing or unreadable.</summary>
    public static DateTimeOffset? Instant(this JsonElement parent, string name) => ZoomTime.Parse(parent.Text(name));

    /// <summary>An absolute URI. Null: missing, or not absolute.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="longest">The maximum length of the escaped form.</param>
    /// <exception cref="FormatException">It cannot be stored; caught by <see cref="TryRead"/>.</exception>
    public static Uri? Link(this JsonElement parent, string name, int longest) =>
        Uri.TryCreate(parent.ExactText(name, longest), UriKind.Absolute, out var link)
            && EnsureStorable(link.AbsoluteUri, name, longest) is not null
            ? link
            : null;

    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    private static string EnsureStorable(string text, string name, int longest) =>
        text.Length <= longest && StorableText.IsClean(text) && !text.Any(char.IsControl)
            ? text
            : throw new FormatException($"{name} cannot be kept.");

    private static string Decode(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate, written as an escape sequence. Invalid UTF-8 fails here too.
            return JsonSerializer.Deserialize<string>(
                Escape().Replace(text.GetRawText(), escape => escape.Groups["half"].Success ? "\\ufffd" : escape.Value))!;
        }
    }

    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)")]
    private static partial Regex Escape();
}
