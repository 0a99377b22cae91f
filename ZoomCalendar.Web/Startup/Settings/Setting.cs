using System.Globalization;

namespace ZoomCalendar.Web.Startup.Settings;

/// <summary>A setting that the app reads, and its valid values.</summary>
/// <param name="Key"><c>Section:Key</c>.</param>
/// <param name="Accepted">The valid values, as the end of a sentence that begins with "It must be"; null: any text.</param>
/// <param name="Accepts">Whether a text is valid.</param>
internal sealed record Setting(string Key, string? Accepted = null, Func<string, bool>? Accepts = null)
{
    /// <summary>Whether messages must not contain the value.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The name of the environment variable.</summary>
    public string Variable { get; init; } = Key.Replace(":", "__", StringComparison.Ordinal);

    public static Setting Secret(string key) => new(key) { IsSecret = true };

    public static Setting OneOf(string key, params IReadOnlyCollection<string> words) =>
        new(key, Listed([.. words]), text => words.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Only names of values are valid. The framework would accept numbers too, and their meaning can change between versions.
    /// </summary>
    public static Setting OneOf<TEnum>(string key)
        where TEnum : struct, Enum => OneOf(key, Enum.GetNames<TEnum>());

    /// <param name="key"><c>Section:Key</c>.</param>
    /// <param name="mayBeEmpty">Whether an empty value is valid and means the default.</param>
    public static Setting Switch(string key, bool mayBeEmpty = false) =>
        new(key, "true or false", text => bool.TryParse(text, out _) || (mayBeEmpty && text.Length == 0));

    /// <summary>Both bounds included.</summary>
    public static Setting Whole(string key, int least, int most = int.MaxValue) => new(
        key,
        most == int.MaxValue ? $"a whole number, {least} or more" : $"a whole number from {least} to {most}",
        text =>
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most);

    /// <summary>More than zero; the upper bound is included.</summary>
    public static Setting Span(string key, TimeSpan most) => new(
        key,
        $"a time span of at most {most:c}, such as {most * 0.6:c}",
        text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span <= most);

    public static Setting HttpAddress(string key) => new(
        key,
        "an http or https address, such as http://host:4317",
        text => text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"));

    private static string Listed(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
