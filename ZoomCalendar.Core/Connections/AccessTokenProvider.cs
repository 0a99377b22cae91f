using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Provides access tokens and refreshes them five minutes before they expire. Zoom's refresh tokens are valid for one use, so one process
/// refreshes at a time (a lease in the row), and the new pair is stored before it is used. If the process dies between Zoom's response and
/// that write, the pair is lost: the next refresh fails, and the user must connect again. Thread-safe.
/// </summary>
public sealed partial class AccessTokenProvider(
    IDbContextFactory<ZoomCalendarContext> contexts,
    TokenProtector protector,
    TokenRefresher refresher,
    TimeProvider clock,
    ILogger<AccessTokenProvider> logger) : IAccessTokenProvider
{
    private static readonly TimeSpan RefreshMargin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UndecryptableRetryDelay = TimeSpan.FromMinutes(15);

    // Another process's refresh is awaited for 5 s of real time, not of the TimeProvider.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private const int MaxPolls = 50;

    public async Task<ZoomTokenResult> GetAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken)
    {
        for (var poll = 0; poll < MaxPolls; poll++)
        {
            if (await TryGetFreshAsync(zoomUserKey, refused, cancellationToken) is { } result)
            {
                return result;
            }

            var lease = await RefreshLease.TryTakeAsync(contexts, zoomUserKey, clock.GetUtcNow(), cancellationToken);
            if (lease is not null)
            {
                // A refresh is not cancelled with the caller, because the new tokens would be lost.
                return await RefreshUnderLeaseAsync(lease, refused).WaitAsync(cancellationToken);
            }

            await Task.Delay(PollInterval, cancellationToken);
        }

        return new ZoomTokenResult(ZoomTokenState.TryLater, RetryAt: clock.GetUtcNow() + TimeSpan.FromSeconds(5));
    }

    private async Task<ZoomTokenResult> RefreshUnderLeaseAsync(RefreshLease lease, string? refused)
    {
        await using (lease)
        {
            // Another process may have refreshed between the check and the lease.
            if (await TryGetFreshAsync(lease.ZoomUserKey, refused, CancellationToken.None) is { } result)
            {
                return result;
            }

            var failure = await refresher.RefreshAsync(lease.ZoomUserKey, CancellationToken.None);
            return failure is null
                ? await TryGetFreshAsync(lease.ZoomUserKey, refused, CancellationToken.None) ?? RetryLater(TimeSpan.FromSeconds(30))
                : await TryGetUnexpiredAsync(lease.ZoomUserKey, refused) ?? failure;
        }
    }

    /// <summary>Null: a refresh is needed.</summary>
    private async Task<ZoomTokenResult?> TryGetFreshAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken) =>
        await TryGetUsableAsync(zoomUserKey, refused, RefreshMargin, cancellationToken);

    // A temporary failure of the refresh does not invalidate a token that has not expired.
    private async Task<ZoomTokenResult?> TryGetUnexpiredAsync(string zoomUserKey, string? refused) =>
        await TryGetUsableAsync(zoomUserKey, refused, TimeSpan.FromMinutes(1), CancellationToken.None);

    private async Task<ZoomTokenResult?> TryGetUsableAsync(
        string zoomUserKey, string? refused, TimeSpan left, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // The tokens of an account without connections are about to be revoked.
        var stored = await db.ZoomAccounts.AsNoTracking()
            .Where(account => account.Key == zoomUserKey && db.Set<Connection>().Any(connection => connection.ZoomUserKey == zoomUserKey))
            .Select(account => new { account.State, account.ProtectedAccessToken, account.AccessTokenExpiresAt })
            .SingleOrDefaultAsync(cancellationToken);

        switch (stored?.State)
        {
            case null:
                return new ZoomTokenResult(ZoomTokenState.NotConnected);
            case ZoomAccountState.ReconnectNeeded:
                return new ZoomTokenResult(ZoomTokenState.ReconnectNeeded);
            case ZoomAccountState.ApprovalWithdrawn:
                return new ZoomTokenResult(ZoomTokenState.ApprovalWithdrawn);
        }

        var token = protector.Unprotect(zoomUserKey, stored.ProtectedAccessToken);
        if (token is null)
        {
            Log.Unreadable(logger);
            return RetryLater(UndecryptableRetryDelay);
        }

        return token != refused && stored.AccessTokenExpiresAt - clock.GetUtcNow() > left
            ? new ZoomTokenResult(ZoomTokenState.Ready, token)
            : null;
    }

    private ZoomTokenResult RetryLater(TimeSpan wait) => new(ZoomTokenState.TryLater, RetryAt: clock.GetUtcNow() + wait);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "No token can be had for a Zoom account because its stored tokens cannot be decrypted.")]
        public static partial void Unreadable(ILogger logger);
    }
}
