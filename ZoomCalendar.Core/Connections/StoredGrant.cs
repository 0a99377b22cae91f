using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A grant as JSON inside <see cref="PendingConnection.ProtectedGrant"/>. Without tokens if they are already stored with the account.
/// </summary>
internal sealed record StoredGrant(
    string ZoomUserId,
    string? AccountId,
    string? Email,
    string? DisplayName,
    int? Type,
    string? Access,
    string? Refresh,
    DateTimeOffset ExpiresAt,
    string[] Scopes)
{
    public static StoredGrant Of(ZoomGrant grant, bool withTokens) => new(
        grant.Profile.Id,
        grant.Profile.AccountId,
        grant.Profile.Email,
        grant.Profile.DisplayName,
        grant.Profile.Type,
        withTokens ? grant.Tokens.AccessToken.Value : null,
        withTokens ? grant.Tokens.RefreshToken.Value : null,
        grant.Tokens.ExpiresAt,
        [.. grant.Tokens.Scopes]);

    /// <summary>The grant. Null: stored without tokens.</summary>
    public ZoomGrant? Grant() => Access is null || Refresh is null
        ? null
        : new ZoomGrant(
            new ZoomTokens(new AccessToken(Access), new RefreshToken(Refresh), ExpiresAt, Scopes.ToHashSet()),
            new ZoomUser(ZoomUserId) { AccountId = AccountId, Email = Email, DisplayName = DisplayName, Type = Type });

    public override string ToString() => nameof(StoredGrant);
}
