namespace ZoomCalendar.Sandbox;

/// <summary>One request that reached the token endpoint or the API. <see cref="Status"/> is 0 when the connection was cut.</summary>
public sealed record SandboxRequest(
    DateTimeOffset Time, string? User, RequestKind Kind, string Method, string Path, int Status, bool Counted, string? Fault);

/// <summary>The create, update and delete requests of one host on one UTC day.</summary>
public sealed record SandboxCount(string User, DateOnly Day, int Count);

/// <summary>A sent webhook with the status of each attempt (0: no answer).</summary>
public sealed record SandboxWebhook(DateTimeOffset Time, string Event, string Url, string Body, IReadOnlyList<int> Answers);

public sealed record SandboxTokens(string AccessToken, string RefreshToken, DateTimeOffset AccessExpires, IReadOnlyList<string> Scopes);

internal sealed record SandboxAccount(string Id, string Domain, bool Approved, IReadOnlyList<string> RequestedBy);

internal sealed record SandboxAuthorizationCode(string Code, string UserId, string RedirectUri, string? Challenge, DateTimeOffset Expires);

internal sealed record AccessGrant(
    string Token, string UserId, IReadOnlyList<string> Scopes, DateTimeOffset Expires, bool Superseded = false);

internal sealed record RefreshGrant(string Token, string UserId, IReadOnlyList<string> Scopes, DateTimeOffset Expires);

internal sealed record ClockShift(TimeSpan Offset);
