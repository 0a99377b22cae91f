using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Handles <c>app_deauthorized</c>: ends all connections of the Zoom user and erases their Zoom data. The event is ignored if Zoom still
/// accepts our token, or if there is no connection: then it is the echo of our own revocation.
/// </summary>
public sealed class DeauthorizationHandler(
    IDbContextFactory<ZoomCalendarContext> contexts,
    AccountAuthorization authorization,
    AccessTokenProvider tokens,
    ZoomClient zoom,
    IAccountMeetings meetings,
    IOptions<ZoomOptions> options,
    Signals signals)
{
    public const string EndedText =
        "The app was removed in Zoom, so this connection ended and its Zoom data was erased. "
            + "Links already given out stay on their appointments but are no longer managed; connect Zoom again for new ones.";

    /// <returns>False: Zoom could not be asked. Call again later.</returns>
    public async Task<bool> HandleAsync(
        string zoomUserId, string? clientId, DateTimeOffset? deauthorizedAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (clientId != options.Value.ClientId)
        {
            return true;
        }

        var known = await FindAsync(zoomUserId, cancellationToken);
        // Zoom sends whole seconds.
        if (known is null || deauthorizedAt is { } at && at <= known.AuthorizedAt.AddSeconds(-1))
        {
            return true;
        }

        switch (await IsTokenAcceptedAsync(known.Key, cancellationToken))
        {
            case null:
                return false;
            case true:
                return true;
        }

        await EndAsync(known.Key, known.AuthorizedAt, now, cancellationToken);
        return true;
    }

    /// <summary>Erases the join links of ended connections whose appointments are over.</summary>
    public async Task EraseExpiredLinksAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await meetings.EraseExpiredLinksAsync(db, now, cancellationToken);
    }

    private async Task<ZoomAccount?> FindAsync(string zoomUserId, CancellationToken cancellationToken)
    {
        var key = await authorization.KeyOfAsync(zoomUserId, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ZoomAccounts.AsNoTracking().SingleOrDefaultAsync(
            account => account.Key == key && db.Set<Connection>().Any(connection => connection.ZoomUserKey == key), cancellationToken);
    }

    /// <summary>True if Zoom still accepts our token. Null: Zoom could not be asked.</summary>
    private async Task<bool?> IsTokenAcceptedAsync(string key, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(key, null, cancellationToken);
        if (token.State is not ZoomTokenState.Ready)
        {
            return token.State is ZoomTokenState.TryLater ? null : false;
        }

        return await zoom.GetMeAsync(new AccessToken(token.AccessToken!), cancellationToken) switch
        {
            ZoomResult<ZoomUser>.Ok => true,
            ZoomResult<ZoomUser>.Failed
            {
                Error.Kind: ZoomErrorKind.Unauthorized or ZoomErrorKind.UserGone or ZoomErrorKind.TokenSuperseded
                    or ZoomErrorKind.ApprovalWithdrawn,
            } => false,
            _ => null,
        };
    }

    private async Task EndAsync(string key, DateTimeOffset authorizedAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await contexts.WriteAsync(
            async (db, token) =>
            {
                var account = await db.ZoomAccounts.SingleOrDefaultAsync(row => row.Key == key && row.AuthorizedAt == authorizedAt, token);
                if (account is null)
                {
                    // The user authorized the app again in the meantime.
                    return false;
                }

                var connections = await db.Connections.Where(row => row.ZoomUserKey == key).ToListAsync(token);
                await db.LockUsersAsync(connections.Select(connection => connection.UserId), token);
                await db.AddEventForConnectedAsync(key, EventKind.ConnectionEnded, EndedText, now, token);
                foreach (var connection in connections)
                {
                    AuditLog.Add(
                        db, AuditKind.ZoomDisconnected, connection.SubAccountId, connection.UserId, "The app was removed in Zoom.", now);
                }

                db.Connections.RemoveRange(connections);
                await meetings.EraseAsync(db, key, token);
                db.PendingConnections.RemoveRange(
                    await db.PendingConnections.Where(pending => pending.ZoomUserKey == key).ToListAsync(token));
                await db.SaveChangesAsync(token);
                db.ZoomAccounts.Remove(account);
                return true;
            },
            cancellationToken);
        signals.Committed();
    }
}
