using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>One sign-in of a user on one device. Its cookie is valid while the row exists.</summary>
public sealed class Session
{
    public const int DeviceMaxLength = 300;
    public const int AddressMaxLength = 64;

    /// <summary>How long a session lives after its last use, if the user wanted to be remembered.</summary>
    public static readonly TimeSpan RememberedLifetime = TimeSpan.FromDays(14);

    /// <summary>How long another session lives after its last use. Its cookie ends with the browser.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public required SessionId Id { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>The browser's User-Agent header.</summary>
    public required string Device { get; init; }

    /// <summary>The IP address of the sign-in.</summary>
    public required string Address { get; init; }

    public required bool IsRemembered { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the user last proved who they are by a password, a code or a passkey. Null: not since this is stored.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Whether the user gave a second factor in this session: a code, a passkey, or what an identity provider asked.</summary>
    public bool HasSecondFactor { get; init; }

    public static TimeSpan LifetimeOf(bool isRemembered) => isRemembered ? RememberedLifetime : Lifetime;
}
