namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The settings under <c>Zoom</c>. Checked at start by <see cref="ZoomOptionsValidator"/>; secrets belong in user-secrets or the
/// environment.
/// </summary>
public sealed record ZoomOptions
{
    public const string SectionName = "Zoom";

    public const int RequestsPerDay = 100;

    /// <summary>
    /// Must be shorter than the rest of a lease: a lease lasts 60 s, and a request is sent only if more than 20 s are left.
    /// </summary>
    public static readonly TimeSpan MaxRequestTimeout = TimeSpan.FromSeconds(15);

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string OAuthBaseUrl { get; set; } = "https://zoom.us";

    public string ApiBaseUrl { get; set; } = "https://api.zoom.us/v2";

    /// <summary>Without it every webhook is rejected. The daily sweep still detects changes in Zoom.</summary>
    public string? WebhookSecretToken { get; set; }

    /// <summary>Null: the sandbox is used in Development if no client id is set.</summary>
    public bool? UseSandbox { get; set; }

    /// <summary>If fewer requests are left, updates and deletions wait for the next UTC day.</summary>
    public int QuotaReserve { get; set; } = 20;

    /// <summary>From the first byte sent to the last byte read.</summary>
    public TimeSpan RequestTimeout { get; set; } = MaxRequestTimeout;

    /// <summary>
    /// The maximum of requests in flight in this process, for all Zoom accounts. More fail as <see cref="ZoomErrorKind.NotSent"/>.
    /// </summary>
    public int MaxConcurrentRequests { get; set; } = 1024;

    // A record would print its secrets.
    public override string ToString() => $"{nameof(ZoomOptions)} {{ {OAuthBaseUrl}, {ApiBaseUrl} }}";
}
