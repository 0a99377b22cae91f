namespace ZoomCalendar.Web.Accounts;

/// <summary>A return address that is always a path of this site.</summary>
internal readonly record struct ReturnUrl
{
    /// <summary>The length of the column of <c>PendingConnection</c>.</summary>
    private const int MaxLength = 2_000;
    private const string Home = "/";

    private readonly string? _path;

    private ReturnUrl(string path) => _path = path;

    public static ReturnUrl Of(string? asked) => new(IsLocal(asked) && Ascii(asked!) is { Length: <= MaxLength } url ? url : Home);

    public override string ToString() => _path ?? Home;

    // A header contains only ASCII: other characters are percent-encoded, as browsers do.
    private static string Ascii(string url) =>
        url.All(char.IsAscii)
            ? url
            : string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    // Browsers read a backslash as a slash and skip control characters, so "/\evil" and "/<tab>/evil" leave the site.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/', ..] && !url.Contains('\\') && !url.Any(char.IsControl);
}
