using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

/// <summary>A token in the list for admins. It does not contain the secret.</summary>
public sealed record TokenRow(
    PrivateTokenId Id,
    string Name,
    string Ending,
    string MadeBy,
    IReadOnlySet<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    bool MakerIsAdmin)
{
    public bool Works(DateTimeOffset now) => RevokedAt is null && MakerIsAdmin && (ExpiresAt is null || ExpiresAt > now);
}

/// <summary>One page of tokens.</summary>
/// <param name="Tokens">The tokens, newest first.</param>
/// <param name="Total">The number of all tokens of the sub-account.</param>
public sealed record TokenResults(IReadOnlyList<TokenRow> Tokens, int Total);

/// <summary>A new token, or the problem in a sentence. The secret is returned only here.</summary>
public sealed record NewToken(TokenSecret? Secret, string? Problem) : IOutcome
{
    public Refusal? Refusal { get; init; } = Secret is null ? Accounts.Refusal.Invalid : null;
}

/// <summary>
/// API tokens ("private integrations"): admins of the sub-account list them, and with a fresh proof create and revoke them.
/// </summary>
public sealed class PrivateTokens(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const string NotAdmin = "Only an admin can manage private integrations.";

    /// <summary>One page of the sub-account's tokens, newest first. Empty unless the actor is an admin.</summary>
    public async Task<TokenResults> PageAsync(int skip, int take, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new TokenResults([], 0);
        }

        var rows = await (
            from token in db.PrivateTokens.AsNoTracking()
            where token.SubAccountId == actor.SubAccountId
            join user in db.Users on token.MakerId equals user.Id
            orderby token.Id descending
            select new
            {
                token,
                user.Name,
                IsAdmin = db.Set<Membership>()
                    .Any(row => row.SubAccountId == token.SubAccountId && row.UserId == token.MakerId && row.Role == Role.Admin),
            }).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var total = await db.PrivateTokens.CountAsync(row => row.SubAccountId == actor.SubAccountId, cancellationToken);
        return new TokenResults([.. rows.Select(row => new TokenRow(
            row.token.Id,
            row.token.Name,
            row.token.Ending,
            row.Name,
            TokenScopes.Split(row.token.Scopes),
            row.token.CreatedAt,
            row.token.ExpiresAt,
            row.token.LastUsedAt,
            row.token.RevokedAt,
            row.IsAdmin))], total);
    }

    /// <summary>Creates a token. Admins only.</summary>
    public async Task<NewToken> CreateAsync(
        string name,
        IReadOnlyCollection<string> scopes,
        DateTimeOffset? expiresAt,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        TokenSecret? secret = null)
    {
        if (Problem(name, scopes, expiresAt, now) is { } problem)
        {
            return new NewToken(null, problem);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new NewToken(null, NotAdmin) { Refusal = Refusal.Forbidden };
        }

        if (await db.LacksProofAsync(actor, now, cancellationToken))
        {
            return new NewToken(null, ChangeOutcome.ProofNeeded().Message) { Refusal = Refusal.ProofNeeded };
        }

        secret ??= TokenSecret.New();
        db.PrivateTokens.Add(
            new PrivateToken(
                PrivateTokenId.New(now),
                actor.SubAccountId,
                actor.UserId!.Value,
                StorableText.OneLine(name),
                secret,
                scopes,
                expiresAt,
                now));
        AuditLog.Add(db, AuditKind.TokenMade, actor, StorableText.OneLine(name), now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewToken(secret, null);
    }

    /// <summary>Revokes a token. Admins only. Revoking twice changes nothing.</summary>
    public async Task<ChangeOutcome> RevokeAsync(PrivateTokenId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return ChangeOutcome.Forbidden(NotAdmin);
        }

        if (await db.LacksProofAsync(actor, now, cancellationToken))
        {
            return ChangeOutcome.ProofNeeded();
        }

        var token = await db.PrivateTokens.FirstOrDefaultAsync(
            row => row.Id == id && row.SubAccountId == actor.SubAccountId, cancellationToken);
        if (token is null)
        {
            return ChangeOutcome.NotFound("There is no such integration here.");
        }

        if (token.RevokedAt is null)
        {
            token.Revoke(now);
            AuditLog.Add(db, AuditKind.TokenRevoked, actor, token.Name, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ChangeOutcome.Done();
    }

    /// <summary>The problem with an integration's name, in a sentence that says what to do. Null: valid.</summary>
    public static string? NameProblem(string name) => 0 switch
    {
        _ when StorableText.IsBlank(name) => "Enter a name for the integration.",
        _ when name.Trim().Length > PrivateToken.NameMaxLength =>
            $"The name is too long: use at most {PrivateToken.NameMaxLength} characters.",
        _ => null,
    };

    private static string? Problem(
        string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, DateTimeOffset now) => NameProblem(name) ?? 0 switch
        {
            _ when scopes.Count == 0 => "Choose at least one thing that the integration may do.",
            _ when scopes.FirstOrDefault(scope => !TokenScopes.IsKnown(scope)) is { } unknown => $"There is no scope named {unknown}.",
            _ when expiresAt <= now => "The expiry is over already. Choose a later day.",
            _ => null,
        };
}
