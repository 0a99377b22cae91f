namespace ZoomCalendar.Core.Zoom;

/// <summary>Which addresses out of Zoom's answers are followed or shown.</summary>
internal sealed class ZoomLinks(ZoomOptions options)
{
    private readonly Uri[] _configured = [new(options.ApiBaseUrl), new(options.OAuthBaseUrl)];

    /// <summary>Join links may stand on a customer's own host name, but never on another scheme than https.</summary>
    public bool IsAllowedJoinLink(Uri link) => link.Scheme == Uri.UriSchemeHttps || IsConfigured(link);

    /// <summary>Start links carry the host's credential: zoom.us and its subdomains alone, or the configured sandbox.</summary>
    public bool IsAllowedStartLink(Uri link) => IsZoom(link) || IsConfigured(link);

    private static bool IsZoom(Uri link) =>
        link.Scheme == Uri.UriSchemeHttps
        && link.IsDefaultPort
        && link.UserInfo.Length == 0
        && (link.IdnHost == "zoom.us" || link.IdnHost.EndsWith(".zoom.us", StringComparison.Ordinal));

    private bool IsConfigured(Uri link) => link.UserInfo.Length == 0 && Array.Exists(_configured, known => IsSame(link, known));

    // The sandbox may call itself 127.0.0.1 where the settings say localhost.
    private static bool IsSame(Uri link, Uri known) =>
        link.Scheme == known.Scheme
        && link.Port == known.Port
        && (link.IdnHost == known.IdnHost || (link.IsLoopback && known.IsLoopback));
}
