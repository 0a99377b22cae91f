namespace ZoomCalendar.Web.Accounts;

/// <summary>Where to go afterwards: a path on this site, whatever was asked for.</summary>
internal readonly record struct ReturnUrl
{
    /// <summary>As <c>PendingConnection</c> stores it.</summary>
    private const int LongestUrl = 2_000;
    private const string Home = "/";

    private readonly string? _path;

    private ReturnUrl(string path) => _path = path;

    public static ReturnUrl Of(string? asked) => new(IsLocal(asked) && Ascii(asked!) is { Length: <= LongestUrl } url ? url : Home);

    public override string ToString() => _path ?? Home;

    // A header holds ASCII: what is not is written as browsers send it.
    private static string Ascii(string url) =>
        url.All(char.IsAscii) ? url : string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    // Browsers read a backslash as a slash and skip control characters, so "/\evil" and "/<tab>/evil" leave the site.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/', ..] && !url.Contains('\\') && !url.Any(char.IsControl);
}
