using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Revokes and erases the tokens of accounts without connections. An account row without connections marks the pending work, so a crash
/// after the last disconnect loses nothing: the sweep completes it.
/// </summary>
public sealed partial class TokenRevoker(
    IDbContextFactory<ZoomCalendarContext> contexts,
    ZoomOAuthClient oauth,
    TokenProtector protector,
    TokenRefresher refresh,
    ILogger<TokenRevoker> logger)
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    /// <summary>Tries to revoke and erase now. It does not throw: the sweep retries failures.</summary>
    public async Task TryFinishAsync(string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await FinishAsync(zoomUserKey, now).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The caller stopped waiting. The work continues, or the sweep completes it.
        }
    }

    /// <summary>Revokes and erases the tokens of all accounts without connections that are due.</summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var orphans = await Orphans(db).AsNoTracking()
            .Where(account => account.BackoffUntil == null || account.BackoffUntil <= now)
            .Select(account => account.Key).ToListAsync(cancellationToken);
        foreach (var key in orphans)
        {
            await TryFinishAsync(key, now, cancellationToken);
        }
    }

    /// <summary>Revokes a token that is not stored with an account.</summary>
    /// <returns>False: Zoom could not be asked. Try again.</returns>
    internal async Task<bool> RevokeAsync(AccessToken token, CancellationToken cancellationToken) =>
        await oauth.RevokeAsync(token, cancellationToken) switch
        {
            ZoomResult<NoContent>.Failed
            {
                Error.Kind: ZoomErrorKind.NotSent or ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError
                or ZoomErrorKind.RateLimited or ZoomErrorKind.DailyLimitReached or ZoomErrorKind.ConfigurationRejected
            } => false,
            // Includes "Invalid Token!": there is nothing left to revoke.
            _ => true,
        };

    private async Task FinishAsync(string zoomUserKey, DateTimeOffset now)
    {
        await using var lease = await RefreshLease.TryTakeAsync(contexts, zoomUserKey, now, CancellationToken.None);
        if (lease is null)
        {
            return;
        }

        if (await RevokeStoredAsync(zoomUserKey, now))
        {
            await EraseAsync(lease);
        }
        else
        {
            await PostponeAsync(zoomUserKey, now);
        }
    }

    /// <returns>True: the tokens are no longer valid at Zoom.</returns>
    private async Task<bool> RevokeStoredAsync(string zoomUserKey, DateTimeOffset now)
    {
        if (await FindAsync(zoomUserKey) is not { } account)
        {
            return false;
        }

        // Zoom revokes by access token, and may not accept an expired one.
        if (account.State is ZoomAccountState.Connected && account.AccessTokenExpiresAt <= now
            && await refresh.RefreshAsync(zoomUserKey, CancellationToken.None) is { State: ZoomTokenState.TryLater })
        {
            return false;
        }

        account = await FindAsync(zoomUserKey);
        return account is not null
            && (protector.Unprotect(zoomUserKey, account.ProtectedAccessToken) is not { } token
                || await RevokeAsync(new AccessToken(token), CancellationToken.None));
    }

    private async Task<ZoomAccount?> FindAsync(string zoomUserKey)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await Orphans(db).AsNoTracking().SingleOrDefaultAsync(account => account.Key == zoomUserKey);
    }

    private async Task EraseAsync(RefreshLease lease)
    {
        await using var db = await contexts.CreateDbContextAsync();
        // A user who connected in the meantime has taken the lease away, so the row stays.
        await Orphans(db)
            .Where(account => account.Key == lease.ZoomUserKey && account.RefreshLeaseOwner == lease.Owner)
            .ExecuteDeleteAsync();
    }

    private async Task PostponeAsync(string zoomUserKey, DateTimeOffset now)
    {
        await using var db = await contexts.CreateDbContextAsync();
        if (await Orphans(db).SingleOrDefaultAsync(account => account.Key == zoomUserKey) is { } account)
        {
            var pause = TimeSpan.FromSeconds(30 * Math.Pow(2, Math.Min(account.Failures, 10)));
            var until = now + (pause < MaxPause ? pause : MaxPause);
            await Orphans(db).Where(row => row.Key == zoomUserKey).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.BackoffUntil, until)
                .SetProperty(row => row.Failures, row => row.Failures + 1));
        }
    }

    private static IQueryable<ZoomAccount> Orphans(ZoomCalendarContext db) =>
        db.ZoomAccounts.Where(account => !db.Set<Connection>().Any(connection => connection.ZoomUserKey == account.Key));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The tokens of a disconnected Zoom account could not be revoked yet; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
