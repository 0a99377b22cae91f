using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// An authorization that waits for the user's confirmation, because the user has another Zoom account in another sub-account. It is valid
/// for this user and sub-account only. When it expires, it is treated as declined.
/// </summary>
public sealed class PendingConnection
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public required string ZoomUserKey { get; init; }

    /// <summary>The <see cref="StoredGrant"/> as JSON, encrypted.</summary>
    public required string ProtectedGrant { get; init; }

    /// <summary>
    /// True if the new tokens were stored with an existing account at once, because Zoom may have invalidated its previous tokens. Then
    /// nothing is revoked if the user declines.
    /// </summary>
    public required bool StoredWithAccount { get; init; }

    /// <summary>Where to return after the decision.</summary>
    public required string ReturnUrl { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this time the sweep revokes and deletes it.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The time of the next attempt to revoke.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
}
