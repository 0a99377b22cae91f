using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>The outcome of connecting a profile.</summary>
public enum ConnectOutcome
{
    Connected,

    /// <summary>The user is not a member of this sub-account. Nothing was connected.</summary>
    NotAMember,
}

/// <summary>Connects a user's profile in one sub-account to a Zoom account, and disconnects it.</summary>
public sealed class ZoomConnections(
    IDbContextFactory<ZoomCalendarContext> contexts,
    AccountAuthorization authorization,
    TokenRevoker revocation,
    IAccountMeetings meetings,
    Signals signals)
{
    /// <summary>Connects the profile after the user has allowed the app in Zoom.</summary>
    public async Task<ConnectOutcome> ConnectAsync(
        SubAccountId subAccount, UserId user, ZoomGrant grant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var encryptedGrant = await authorization.EncryptAsync(grant, cancellationToken);
        var outcome = await contexts.WriteAsync(
            async (db, token) =>
            {
                await db.LockUsersAsync([user], token);
                return await db.IsMemberAsync(subAccount, user, token)
                    ? await AttachAsync(db, subAccount, user, await authorization.StoreAsync(db, encryptedGrant, now, token), now, token)
                    : null;
            },
            cancellationToken);
        signals.Committed();
        if (outcome?.Orphan is { } orphan)
        {
            await revocation.TryFinishAsync(orphan, now, cancellationToken);
        }

        return outcome is null ? ConnectOutcome.NotAMember : ConnectOutcome.Connected;
    }

    /// <summary>
    /// Ends this profile's connection. If it was the last one of its Zoom account, the tokens are revoked and erased, now or (if Zoom does
    /// not respond) by the sweep.
    /// </summary>
    /// <returns>False if there was no connection.</returns>
    public Task<bool> DisconnectAsync(SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(user, (db, token) => DetachAsync(db, subAccount, user, user, now, token), now, cancellationToken);

    /// <summary>Like <see cref="DisconnectAsync"/>, if a delayed disconnect is still requested and no deletion is pending.</summary>
    internal Task<bool> DisconnectIfAskedAsync(
        SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(
            user,
            async (db, token) =>
            {
                var waiting = meetings.WaitingDeletions(db, now);
                var isDue = await db.Connections.AnyAsync(
                    row => row.SubAccountId == subAccount
                        && row.UserId == user
                        && row.EndAskedAt != null
                        && !waiting.Contains(row.ZoomUserKey), token);
                return isDue ? await DetachAsync(db, subAccount, user, user, now, token) : null;
            },
            now,
            cancellationToken);

    private async Task<bool> EndAsync(
        UserId user,
        Func<ZoomCalendarContext, CancellationToken, Task<ConnectionChange?>> end,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var ended = await contexts.WriteAsync(
            async (db, token) =>
            {
                await db.LockUsersAsync([user], token);
                return await end(db, token);
            },
            cancellationToken);
        if (ended is null)
        {
            return false;
        }

        signals.Committed();
        if (ended.Orphan is { } key)
        {
            await revocation.TryFinishAsync(key, now, cancellationToken);
        }

        return true;
    }

    /// <summary>Creates the connection, or replaces one to another account. Call it in a transaction that holds the user's lock.</summary>
    internal async Task<ConnectionChange> AttachAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        UserId user,
        string zoomUserKey,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = await db.Connections.SingleOrDefaultAsync(
            row => row.SubAccountId == subAccount && row.UserId == user, cancellationToken);
        var former = connection?.ZoomUserKey;
        if (connection is null)
        {
            db.Connections.Add(new Connection { SubAccountId = subAccount, UserId = user, ZoomUserKey = zoomUserKey, ConnectedAt = now });
        }
        else
        {
            (connection.ZoomUserKey, connection.ConnectedAt, connection.EndAskedAt) = (zoomUserKey, now, null);
        }

        await db.SaveChangesAsync(cancellationToken);
        var orphan = former is null || former == zoomUserKey ? null : await StopManagingIfOrphanAsync(db, former, cancellationToken);
        await meetings.AssignAccountAsync(db, subAccount, user, zoomUserKey, now, cancellationToken);
        await meetings.RepairAsync(db, subAccount, user, zoomUserKey, now, cancellationToken);
        if (former != zoomUserKey)
        {
            db.AddEvent(EventKind.ConnectionMade, subAccount, user, user, "Zoom was connected.", now);
            AuditLog.Add(db, AuditKind.ZoomConnected, subAccount, user, "", now);
        }

        return new ConnectionChange(orphan);
    }

    /// <summary>
    /// Removes the connection. Call it in a transaction that holds the user's lock. The caller or the sweep revokes an account that is left
    /// without connections.
    /// </summary>
    /// <returns>Null if there was no connection.</returns>
    internal async Task<ConnectionChange?> DetachAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        UserId user,
        UserId? actor,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = await db.Connections.SingleOrDefaultAsync(
            row => row.SubAccountId == subAccount && row.UserId == user, cancellationToken);
        if (connection is null)
        {
            return null;
        }

        db.Connections.Remove(connection);
        await db.SaveChangesAsync(cancellationToken);
        await meetings.AssignAccountAsync(db, subAccount, user, null, now, cancellationToken);
        var orphan = await StopManagingIfOrphanAsync(db, connection.ZoomUserKey, cancellationToken);
        db.AddEvent(
            EventKind.ConnectionEnded,
            subAccount,
            user,
            actor,
            "Zoom was disconnected. New bookings get no Zoom link until it is connected again.",
            now);
        AuditLog.Add(db, AuditKind.ZoomDisconnected, subAccount, actor ?? user, "", now);
        return new ConnectionChange(orphan);
    }

    private async Task<string?> StopManagingIfOrphanAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken)
    {
        if (await db.Connections.AnyAsync(connection => connection.ZoomUserKey == zoomUserKey, cancellationToken))
        {
            return null;
        }

        await meetings.StopManagingAsync(db, zoomUserKey, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return zoomUserKey;
    }

    /// <param name="Orphan">The key of a Zoom account that was left without connections. Null: none.</param>
    internal sealed record ConnectionChange(string? Orphan);
}
