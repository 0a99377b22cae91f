using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// An authorization that is tied to nothing yet: the user has another Zoom account in another sub-account and is asked first.
/// It waits for this user and this sub-account alone; afterwards it ends as if it had been declined.
/// </summary>
public sealed class PendingConnection
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public required string ZoomUserKey { get; init; }

    /// <summary>The grant as JSON, encrypted.</summary>
    public required string ProtectedGrant { get; init; }

    /// <summary>
    /// The Zoom user had a token row already: Zoom may have ended the older pair, so the new one replaced it there at once,
    /// whatever the user decides, and nothing is to be revoked here.
    /// </summary>
    public required bool StoredWithAccount { get; init; }

    /// <summary>Where to go when it is decided.</summary>
    public required string ReturnUrl { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on only the sweep has business with it: what is left is to revoke and erase.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When revoking is tried next.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
}
