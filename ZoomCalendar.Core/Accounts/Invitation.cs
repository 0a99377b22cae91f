using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// An invitation to a sub-account by e-mail. The link is valid once, for seven days. Only the hash of its secret is stored.
/// </summary>
public sealed class Invitation
{
    public const int EmailMaxLength = EmailAddress.MaxLength;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required string Email { get; init; }

    /// <summary>The key of the address, computed from it. A row that the previous version wrote has none until it is filled in.</summary>
    public string? NormalizedEmail
    {
        get => EmailAddress.Key(Email);
        private init => _ = value;
    }

    public required Role Role { get; init; }

    public required UserId InvitedBy { get; init; }

    public required string SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public UserId? AcceptedBy { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Concurrency token, for two people with the same link.</summary>
    public int Version { get; private set; }

    /// <summary>True if it can be accepted at this time.</summary>
    public bool IsOpen(DateTimeOffset now) => AcceptedAt is null && WithdrawnAt is null && now < ExpiresAt;

    public void Accept(UserId user, DateTimeOffset now) => (AcceptedAt, AcceptedBy, Version) = (now, user, Version + 1);

    public void Withdraw(DateTimeOffset now) => (WithdrawnAt, Version) = (now, Version + 1);
}
