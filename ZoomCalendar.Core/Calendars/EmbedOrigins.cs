namespace ZoomCalendar.Core.Calendars;

/// <summary>The origins that may embed a calendar's booking page, stored as text separated by spaces.</summary>
public static class EmbedOrigins
{
    public const int MaxLength = 1_000;

    private static readonly char[] Separators = [' ', ',', '\n', '\r', '\t'];

    /// <summary>Returns valid origins only, so that the text is safe in an HTTP header.</summary>
    public static IReadOnlyList<string> Parse(string text) =>
        [.. Split(text).Select(Origin).OfType<string>().Distinct()];

    /// <returns>The problem in a sentence. Null: valid.</returns>
    public static string? Problem(string text) => 0 switch
    {
        _ when text.Length > MaxLength => $"The list of sites is too long: use at most {MaxLength:N0} characters.",
        _ when Split(text).FirstOrDefault(part => Origin(part) is null) is { } wrong =>
            $"\"{wrong}\" is not a site's address. Write it as https://www.example.com, without a path.",
        _ => null,
    };

    private static string[] Split(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https" or "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && uri.IdnHost.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-')
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;
}
