namespace ZoomCalendar.Web.Accounts;

/// <summary>Where to go afterwards: a path on this site, whatever was asked for.</summary>
internal readonly record struct ReturnUrl
{
    private const string Home = "/";

    private readonly string? _path;

    private ReturnUrl(string path) => _path = path;

    public static ReturnUrl Of(string? asked) => new(IsLocal(asked) ? asked! : Home);

    public override string ToString() => _path ?? Home;

    // Browsers read a backslash as a slash and skip control characters, so "/\evil" and "/<tab>/evil" leave the site.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/', ..] && !url.Contains('\\') && !url.Any(char.IsControl);
}
