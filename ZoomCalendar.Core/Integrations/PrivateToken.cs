using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Integrations;

/// <summary>
/// An API token. It acts as an admin of its sub-account within its scopes. Only its hash is stored. It is revoked when its creator loses
/// the admin role, and stays revoked if the role is given back.
/// </summary>
public sealed class PrivateToken
{
    public const int NameMaxLength = 100;
    public const int HashLength = 43;
    public const int ScopesMaxLength = 500;

    private PrivateToken()
    {
    }

    public PrivateToken(
        PrivateTokenId id,
        SubAccountId subAccountId,
        UserId maker,
        string name,
        TokenSecret secret,
        IEnumerable<string> scopes,
        DateTimeOffset? expiresAt,
        DateTimeOffset now)
    {
        Id = id;
        SubAccountId = subAccountId;
        MakerId = maker;
        Name = name;
        Hash = secret.Hash;
        Ending = secret.Ending;
        Scopes = TokenScopes.Join(scopes);
        ExpiresAt = expiresAt;
        CreatedAt = now;
    }

    public PrivateTokenId Id { get; private init; }

    public SubAccountId SubAccountId { get; private init; }

    public UserId MakerId { get; private init; }

    public string Name { get; private init; } = "";

    public string Hash { get; private init; } = "";

    /// <summary>The last characters of the token, shown to recognize it.</summary>
    public string Ending { get; private init; } = "";

    /// <summary>Scope names, separated by spaces.</summary>
    public string Scopes { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>Accurate to one minute.</summary>
    public DateTimeOffset? LastUsedAt { get; private init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
