using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

/// <summary>The caller that a token authenticates: an admin of its sub-account, within its scopes.</summary>
public sealed record TokenHolder(PrivateTokenId TokenId, Actor Actor, IReadOnlySet<string> Scopes);

/// <summary>Why a token was rejected.</summary>
public enum TokenError
{
    Unknown,
    Expired,
    Revoked,

    /// <summary>Its creator is no longer an admin.</summary>
    MakerGone,
}

/// <summary>Authenticates API tokens. It reads the database for every request, so a revoked token is refused at once.</summary>
public sealed class TokenAuthenticator(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Returns the token's holder, or the error.</summary>
    public async Task<(TokenHolder? Holder, TokenError? Fault)> AuthenticateAsync(
        TokenSecret secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = secret.Hash;
        var found = await db.PrivateTokens.AsNoTracking()
            .Where(row => row.Hash == hash)
            .Select(row => new
            {
                row.Id,
                row.SubAccountId,
                row.MakerId,
                row.Scopes,
                row.ExpiresAt,
                row.LastUsedAt,
                row.RevokedAt,
                IsAdmin = db.Set<Membership>()
                    .Any(each => each.SubAccountId == row.SubAccountId && each.UserId == row.MakerId && each.Role == Role.Admin),
            })
            .FirstOrDefaultAsync(cancellationToken);

        switch (found)
        {
            case null:
                return (null, TokenError.Unknown);
            case { RevokedAt: not null }:
                return (null, TokenError.Revoked);
            case { IsAdmin: false }:
                // Revokes the token, so that it stays refused if the role is given back.
                await db.PrivateTokens.Where(row => row.Id == found.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
                return (null, TokenError.MakerGone);
            case { ExpiresAt: { } expiry } when expiry <= now:
                return (null, TokenError.Expired);
        }

        if (found.LastUsedAt is null || now - found.LastUsedAt >= UseIsNotedEvery)
        {
            await db.PrivateTokens.Where(row => row.Id == found.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
        }

        return (new TokenHolder(found.Id, new Actor(found.SubAccountId, found.MakerId, Role.Admin), TokenScopes.Split(found.Scopes)), null);
    }
}
