namespace ZoomCalendar.Core.Zoom;

/// <summary>Decides which links from Zoom's responses may be used.</summary>
internal sealed class ZoomLinks(ZoomOptions options)
{
    private readonly Uri[] _configured = [new(options.ApiBaseUrl), new(options.OAuthBaseUrl)];

    /// <summary>A join link may use a customer's own host name, but only https.</summary>
    public bool IsAllowedJoinLink(Uri link) => link.Scheme == Uri.UriSchemeHttps || IsConfigured(link);

    /// <summary>
    /// A start link contains the host's credential, so only zoom.us, its subdomains and the configured sandbox are allowed.
    /// </summary>
    public bool IsAllowedStartLink(Uri link) => IsZoom(link) || IsConfigured(link);

    private static bool IsZoom(Uri link) =>
        link.Scheme == Uri.UriSchemeHttps
        && link.IsDefaultPort
        && link.UserInfo.Length == 0
        && (link.IdnHost == "zoom.us" || link.IdnHost.EndsWith(".zoom.us", StringComparison.Ordinal));

    private bool IsConfigured(Uri link) => link.UserInfo.Length == 0 && Array.Exists(_configured, known => IsSame(link, known));

    // The sandbox may use 127.0.0.1 where the settings say localhost.
    private static bool IsSame(Uri link, Uri known) =>
        link.Scheme == known.Scheme
        && link.Port == known.Port
        && (link.IdnHost == known.IdnHost || (link.IsLoopback && known.IsLoopback));
}
