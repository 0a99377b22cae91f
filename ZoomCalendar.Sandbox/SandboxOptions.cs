namespace ZoomCalendar.Sandbox;

public sealed record SandboxOptions
{
    /// <summary>The loopback port to listen on; 0 takes any free one.</summary>
    public int Port { get; init; } = 5081;

    /// <summary>Where the state is stored between runs. Null: in memory only.</summary>
    public string? StateFile { get; init; }

    public string ClientId { get; init; } = "sandbox-client";

    public string ClientSecret { get; init; } = "sandbox-secret";

    public string WebhookSecretToken { get; init; } = "sandbox-webhook-secret";

    /// <summary>
    /// Where webhooks are posted; none are sent while it is null. May be set later through <see cref="SandboxControl.WebhookUrl"/>.
    /// </summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The redirect addresses registered for the app, compared exactly; empty accepts any http(s) address.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Create, update and delete requests allowed per host and UTC day.</summary>
    public int DailyLimit { get; init; } = 100;

    /// <summary>Requests per second and Zoom account. Null: no limit.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Whether a new authorization by the same Zoom user ends the tokens of the earlier one (Zoom's 4741).</summary>
    public bool NewAuthorizationEndsEarlierTokens { get; init; } = true;

    /// <summary>The delays before a failed webhook is sent again. Zoom uses 5, 20 and 60 minutes.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetries { get; init; } =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60)];
}
