namespace ZoomCalendar.Core.Accounts;

/// <summary>What a visitor asked for by an e-mail address.</summary>
public enum AccountRequestKind
{
    /// <summary>A link for choosing a new password.</summary>
    PasswordReset,

    /// <summary>An account, after the address is confirmed.</summary>
    Registration,
}

/// <summary>
/// A request of a visitor about an e-mail address. It is stored in the same way whether an account exists or not; a background service
/// finds out and sends the message.
/// </summary>
public sealed class AccountRequest
{
    public const int OriginMaxLength = 300;
    public const int ContentMaxLength = 2_000;

    /// <summary>How long the link of a registration is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }

    public required AccountRequestKind Kind { get; init; }

    public required string Email { get; init; }

    /// <summary>The base address of the link in the message, without a trailing slash.</summary>
    public required string Origin { get; init; }

    /// <summary>The data of a registration as JSON, with the hash of the password. Empty for other requests.</summary>
    public string Content { get; init; } = "";

    /// <summary>The hash of the link's secret. Null: the message was not written yet.</summary>
    public string? SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
