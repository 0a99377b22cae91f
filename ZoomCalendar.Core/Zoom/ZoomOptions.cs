namespace ZoomCalendar.Core.Zoom;

/// <summary>The settings under <c>Zoom</c>. Checked at start by <see cref="ZoomOptionsValidator"/>; secrets belong in user-secrets or the environment.</summary>
public sealed record ZoomOptions
{
    public const string SectionName = "Zoom";

    public const int RequestsPerDay = 100;

    /// <summary>A lease lasts 60 s and sending needs more than 20 s of it, so no request may take longer than this.</summary>
    public static readonly TimeSpan MaxRequestTimeout = TimeSpan.FromSeconds(15);

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string OAuthBaseUrl { get; set; } = "https://zoom.us";

    public string ApiBaseUrl { get; set; } = "https://api.zoom.us/v2";

    /// <summary>Without it every webhook is refused; the daily sweep still notices what happened in Zoom.</summary>
    public string? WebhookSecretToken { get; set; }

    /// <summary>Null: the host decides (the sandbox in Development when no client id is set).</summary>
    public bool? UseSandbox { get; set; }

    /// <summary>With fewer requests left than this, updates and deletions wait for the next UTC day.</summary>
    public int QuotaReserve { get; set; } = 20;

    /// <summary>From the first byte sent to the last byte read.</summary>
    public TimeSpan RequestTimeout { get; set; } = MaxRequestTimeout;

    /// <summary>Requests in flight for all Zoom accounts of this process; one more is refused as <see cref="ZoomErrorKind.NotSent"/>.</summary>
    public int MaxConcurrentRequests { get; set; } = 1024;

    // A record would print its secrets.
    public override string ToString() => $"{nameof(ZoomOptions)} {{ {OAuthBaseUrl}, {ApiBaseUrl} }}";
}
