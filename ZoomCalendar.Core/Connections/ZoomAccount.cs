using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>Whether Zoom accepts the account's tokens. Stored as text.</summary>
public enum ZoomAccountState
{
    Connected,

    /// <summary>Zoom no longer accepts the tokens. The user must connect again.</summary>
    ReconnectNeeded,

    /// <summary>The Zoom account's admin has withdrawn the app's approval.</summary>
    ApprovalWithdrawn,
}

/// <summary>A Zoom user with one pair of tokens, shared by all connections to that Zoom user. Tokens are stored encrypted.</summary>
public sealed class ZoomAccount
{
    public const int KeyLength = 43;

    /// <summary>Keyed hash of the Zoom user id; see <see cref="ZoomUserKeys"/>.</summary>
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

    /// <summary>The problem and the remedy, in a sentence for the user.</summary>
    public string? StateReason { get; set; }

    /// <summary>When the app was last authorized for this Zoom user.</summary>
    public DateTimeOffset AuthorizedAt { get; set; }

    /// <summary>The process that refreshes or revokes the tokens: see <see cref="RefreshLease"/>.</summary>
    public Guid? RefreshLeaseOwner { get; set; }

    public DateTimeOffset? RefreshLeaseUntil { get; set; }

    /// <summary>The process that sends requests. Only one request is in flight per account.</summary>
    public Guid? WorkLeaseOwner { get; set; }

    public DateTimeOffset? WorkLeaseUntil { get; set; }

    /// <summary>The number of consecutive failures of the account as a whole.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? BackoffUntil { get; set; }

    /// <summary>The number of counted requests that failed in a row, for any meeting. Reset by a success.</summary>
    public int FailedRequests { get; set; }

    public DateTimeOffset? LastFailedRequestAt { get; set; }

    public ZoomErrorKind? LastFailedRequest { get; set; }

    /// <summary>Zoom's clock minus ours, from its last <c>Date</c> header. The quota's day follows Zoom's clock.</summary>
    public TimeSpan ClockOffset { get; set; }

    public DateTimeOffset? LastSweptAt { get; set; }
}
