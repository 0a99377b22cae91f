namespace ZoomCalendar.Core.Zoom;

/// <summary>Which addresses out of Zoom's answers are followed or shown.</summary>
internal sealed class ZoomLinks(ZoomOptions options)
{
    private readonly string[] _origins = [Origin(options.ApiBaseUrl), Origin(options.OAuthBaseUrl)];

    /// <summary>Join links may stand on a customer's own host name, but never on another scheme than https.</summary>
    public bool MayBeJoined(Uri link) => link.Scheme == Uri.UriSchemeHttps || IsConfigured(link);

    /// <summary>Start links carry the host's credential: zoom.us and its subdomains alone, or the configured sandbox.</summary>
    public bool MayBeStarted(Uri link) => IsZoom(link) || IsConfigured(link);

    private static bool IsZoom(Uri link) =>
        link.Scheme == Uri.UriSchemeHttps
        && link.IsDefaultPort
        && link.UserInfo.Length == 0
        && (link.IdnHost == "zoom.us" || link.IdnHost.EndsWith(".zoom.us", StringComparison.Ordinal));

    private bool IsConfigured(Uri link) => link.UserInfo.Length == 0 && _origins.Contains(link.GetLeftPart(UriPartial.Authority));

    private static string Origin(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);
}
