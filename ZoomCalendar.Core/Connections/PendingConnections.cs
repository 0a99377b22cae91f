using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>The outcome of the user's decision.</summary>
public enum PendingConnectionOutcome
{
    Connected,
    Declined,

    /// <summary>The confirmation expired, or the Zoom account was disconnected in the meantime. The user must connect again.</summary>
    Expired,

    /// <summary>There is no pending connection with this id for this user in this sub-account.</summary>
    NotFound,
}

/// <summary>The pending connection for the confirmation page.</summary>
public sealed record PendingConnectionView(string NewEmail, string OtherEmail, string OtherSubAccountName, string ReturnUrl);

/// <summary>
/// Connections that wait for the user's confirmation, because the user has a different Zoom account in another sub-account. Nothing is
/// connected until the user accepts.
/// </summary>
public sealed class PendingConnections(
    IDbContextFactory<ZoomCalendarContext> contexts,
    AccountAuthorization authorization,
    ZoomConnections connections,
    ConnectionReader reader,
    TokenRevoker revocation,
    TokenProtector protector,
    Signals signals)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Stores the grant as a pending connection if this user has a different Zoom account in another sub-account.</summary>
    /// <returns>The id of the pending connection. Null: the account can be connected at once.</returns>
    public async Task<Guid?> KeepPendingIfDifferentAsync(
        SubAccountId subAccount, UserId user, ZoomGrant grant, string returnUrl, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = await authorization.KeyOfAsync(grant.Profile.Id, cancellationToken);
        // A user who already has this account here has confirmed it before.
        var isHere = (await reader.FindAsync(subAccount, user, cancellationToken))?.ZoomUserKey == key;
        return isHere || await reader.ElsewhereAsync(subAccount, user, key, cancellationToken) is null
            ? null
            : await StorePendingAsync(subAccount, user, grant, returnUrl, now, now + PendingConnection.Lifetime, cancellationToken);
    }

    /// <summary>
    /// Discards a grant that cannot be used, for example because scopes are missing. Its tokens are revoked, unless other connections use
    /// that Zoom user.
    /// </summary>
    public async Task RefuseAsync(
        SubAccountId subAccount, UserId user, ZoomGrant grant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await StorePendingAsync(subAccount, user, grant, "", now, now, cancellationToken);
        await SweepAsync(now, cancellationToken);
    }

    /// <summary>Reads a pending connection. Null: there is none with this id for this user, or it expired.</summary>
    public async Task<PendingConnectionView?> FindAsync(
        Guid id, SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = await PendingOf(db, id, subAccount, user).SingleOrDefaultAsync(row => row.ExpiresAt > now, cancellationToken);
        if (pending is null || Unprotect(pending) is not { } held)
        {
            return null;
        }

        var other = await reader.ElsewhereAsync(subAccount, user, pending.ZoomUserKey, cancellationToken);
        return new PendingConnectionView(held.Email ?? "", other?.Email ?? "", other?.SubAccountName ?? "", pending.ReturnUrl);
    }

    /// <summary>Connects ("Connect anyway").</summary>
    public async Task<PendingConnectionOutcome> AcceptAsync(
        Guid id, SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var encrypted = await EncryptPendingAsync(id, subAccount, user, cancellationToken);
        var (outcome, orphan) = await contexts.WriteAsync(
            async (db, token) =>
            {
                await db.LockUsersAsync([user], token);
                var pending = await PendingOf(db, id, subAccount, user).SingleOrDefaultAsync(token);
                if (pending is null)
                {
                    return (PendingConnectionOutcome.NotFound, (string?)null);
                }

                if (pending.ExpiresAt <= now
                    || !await db.IsMemberAsync(subAccount, user, token)
                    || !await HasTokensAsync(db, pending, encrypted, now, token))
                {
                    return (PendingConnectionOutcome.Expired, null);
                }

                db.PendingConnections.Remove(pending);
                var tied = await connections.AttachAsync(db, subAccount, user, pending.ZoomUserKey, now, token);
                return (PendingConnectionOutcome.Connected, tied.Orphan);
            },
            cancellationToken);
        signals.Committed();
        if (orphan is not null)
        {
            await revocation.TryFinishAsync(orphan, now, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Declines: the tokens are revoked, unless other connections use the Zoom account.</summary>
    public async Task<PendingConnectionOutcome> DeclineAsync(
        Guid id, SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = await PendingOf(db, id, subAccount, user).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ExpiresAt, now), cancellationToken);
        await SweepAsync(now, cancellationToken);
        return ended == 0 ? PendingConnectionOutcome.NotFound : PendingConnectionOutcome.Declined;
    }

    /// <summary>
    /// Revokes and deletes declined and expired pending connections. Tokens that are stored with an account in use are kept.
    /// </summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var over = await db.PendingConnections
            .Where(row => row.ExpiresAt <= now && (row.NextAttemptAt == null || row.NextAttemptAt <= now)).ToListAsync(cancellationToken);
        foreach (var pending in over)
        {
            // An account that was created in the meantime uses a newer authorization, which revoking this one would end too.
            var inUse = pending.StoredWithAccount
                || await db.ZoomAccounts.AnyAsync(account => account.Key == pending.ZoomUserKey, cancellationToken);
            if (inUse
                || Unprotect(pending)?.Grant() is not { } grant
                || await revocation.RevokeAsync(grant.Tokens.AccessToken, cancellationToken))
            {
                await db.PendingConnections.Where(row => row.Id == pending.Id).ExecuteDeleteAsync(cancellationToken);
            }
            else
            {
                await db.PendingConnections.Where(row => row.Id == pending.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now + Pause), cancellationToken);
            }
        }
    }

    private async Task<Guid> StorePendingAsync(
        SubAccountId subAccount,
        UserId user,
        ZoomGrant grant,
        string returnUrl,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(now);
        var encryptedGrant = await authorization.EncryptAsync(grant, cancellationToken);
        var key = encryptedGrant.Key;
        var (withTokens, without) = (Protect(id, grant, withTokens: true), Protect(id, grant, withTokens: false));
        await contexts.WriteAsync(
            async (db, token) =>
            {
                var known = await db.Connections.AnyAsync(connection => connection.ZoomUserKey == key, token);
                if (known)
                {
                    await authorization.StoreAsync(db, encryptedGrant, now, token);
                }

                db.PendingConnections.Add(new PendingConnection
                {
                    Id = id,
                    SubAccountId = subAccount,
                    UserId = user,
                    ZoomUserKey = key,
                    ProtectedGrant = known ? without : withTokens,
                    StoredWithAccount = known,
                    ReturnUrl = returnUrl,
                    CreatedAt = now,
                    ExpiresAt = until,
                });
                return id;
            },
            cancellationToken);
        signals.Committed();
        return id;
    }

    /// <summary>True if the account's row has usable tokens. Stores the pending tokens if the account has no connection.</summary>
    private async Task<bool> HasTokensAsync(
        ZoomCalendarContext db, PendingConnection pending, EncryptedGrant? held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var connected = await db.Connections.AnyAsync(connection => connection.ZoomUserKey == pending.ZoomUserKey, cancellationToken);
        if (connected)
        {
            return await db.ZoomAccounts.AnyAsync(
                account => account.Key == pending.ZoomUserKey && account.State == ZoomAccountState.Connected, cancellationToken);
        }

        if (held is null)
        {
            return false;
        }

        await authorization.StoreAsync(db, held, now, cancellationToken);
        return true;
    }

    private async Task<EncryptedGrant?> EncryptPendingAsync(
        Guid id, SubAccountId subAccount, UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = await PendingOf(db, id, subAccount, user).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return pending is not null && Unprotect(pending)?.Grant() is { } grant
            ? await authorization.EncryptAsync(grant, cancellationToken)
            : null;
    }

    private string Protect(Guid id, ZoomGrant grant, bool withTokens) =>
        protector.Protect(id.ToString(), JsonSerializer.Serialize(StoredGrant.Of(grant, withTokens)));

    private StoredGrant? Unprotect(PendingConnection pending) =>
        protector.Unprotect(pending.Id.ToString(), pending.ProtectedGrant) is { } json
            ? JsonSerializer.Deserialize<StoredGrant>(json)
            : null;

    private static IQueryable<PendingConnection> PendingOf(ZoomCalendarContext db, Guid id, SubAccountId subAccount, UserId user) =>
        db.PendingConnections.Where(row => row.Id == id && row.SubAccountId == subAccount && row.UserId == user);
}
