using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

public enum ZoomAccountState
{
    Connected,

    /// <summary>Zoom no longer accepts the tokens; the user has to connect again.</summary>
    ReconnectNeeded,

    /// <summary>The Zoom account's admin has withdrawn the app's approval.</summary>
    ApprovalWithdrawn,
}

/// <summary>
/// One Zoom user, one pair of tokens, shared by every profile that connected that Zoom user. Tokens are stored encrypted.
/// </summary>
public sealed class ZoomAccount
{
    public const int KeyLength = 43;

    /// <summary>Keyed hash of the Zoom user id; see <c>ZoomUserKeys</c>.</summary>
    public required string Key { get; init; }

    public required string ZoomUserId { get; init; }

    public string ZoomAccountNumber { get; set; } = "";

    public string Email { get; set; } = "";

    public string DisplayName { get; set; } = "";

    /// <summary>1 Basic, 2 Licensed.</summary>
    public int PlanType { get; set; }

    public string ProtectedAccessToken { get; set; } = "";

    public string ProtectedRefreshToken { get; set; } = "";

    public DateTimeOffset AccessTokenExpiresAt { get; set; }

    public string Scopes { get; set; } = "";

    public ZoomAccountState State { get; set; }

    /// <summary>In words for the user.</summary>
    public string? StateReason { get; set; }

    /// <summary>The last time somebody authorized the app with this Zoom user.</summary>
    public DateTimeOffset AuthorizedAt { get; set; }

    /// <summary>One process refreshes at a time.</summary>
    public Guid? RefreshLeaseOwner { get; set; }

    public DateTimeOffset? RefreshLeaseUntil { get; set; }

    /// <summary>One process sends requests at a time; one request is in flight per account.</summary>
    public Guid? WorkLeaseOwner { get; set; }

    public DateTimeOffset? WorkLeaseUntil { get; set; }

    /// <summary>Failures of the account as a whole in a row, and until when it is left alone.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? BackoffUntil { get; set; }

    /// <summary>Requests of the hundred that failed in a row, whichever meeting's; none after one that succeeded.</summary>
    public int FailedRequests { get; set; }

    public DateTimeOffset? LastFailedRequestAt { get; set; }

    public ZoomErrorKind? LastFailedRequest { get; set; }

    /// <summary>Zoom's clock minus ours, from its last <c>Date</c> header: the day of the quota turns by Zoom's clock.</summary>
    public TimeSpan ClockOffset { get; set; }

    public DateTimeOffset? LastSweptAt { get; set; }
}
