using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Hands out access tokens and refreshes them a few minutes early. Zoom's refresh tokens are good for one use, so one process at a time
/// refreshes (a lease in the row), and the new pair is stored before anybody uses it. If the process dies between Zoom's answer and
/// that write, the pair is lost: the next refresh is refused, and the user has to connect again.
/// </summary>
public sealed partial class AccessTokenProvider(
    IDbContextFactory<ZoomCalendarContext> contexts, TokenProtector protector, TokenRefresher refresh, TimeProvider clock, ILogger<AccessTokenProvider> logger) : IAccessTokenProvider
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WithoutKey = TimeSpan.FromMinutes(15);

    // Somebody else's refresh is waited for in real time, whatever the clock says: 5 s, then the caller tries again later.
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(100);
    private const int MaxNaps = 50;

    public async Task<ZoomTokenResult> GetAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken)
    {
        for (var nap = 0; nap < MaxNaps; nap++)
        {
            if (await SettledAsync(zoomUserKey, refused, cancellationToken) is { } settled)
            {
                return settled;
            }

            var lease = await RefreshLease.TryTakeAsync(contexts, zoomUserKey, clock.GetUtcNow(), cancellationToken);
            if (lease is not null)
            {
                // A refresh that was sent is seen to its end: with the caller gone, the new pair would be gone too.
                return await UnderLeaseAsync(lease, refused).WaitAsync(cancellationToken);
            }

            await Task.Delay(Nap, cancellationToken);
        }

        return new ZoomTokenResult(ZoomTokenState.TryLater, RetryAt: clock.GetUtcNow() + TimeSpan.FromSeconds(5));
    }

    private async Task<ZoomTokenResult> UnderLeaseAsync(RefreshLease lease, string? refused)
    {
        await using (lease)
        {
            // Another process may have refreshed between our look and our lease.
            if (await SettledAsync(lease.ZoomUserKey, refused, CancellationToken.None) is { } settled)
            {
                return settled;
            }

            var failure = await refresh.RefreshAsync(lease.ZoomUserKey, CancellationToken.None);
            return failure is null
                ? await SettledAsync(lease.ZoomUserKey, refused, CancellationToken.None) ?? Later(TimeSpan.FromSeconds(30))
                : await StillGoodAsync(lease.ZoomUserKey, refused) ?? failure;
        }
    }

    /// <summary>Null: a refresh is needed.</summary>
    private async Task<ZoomTokenResult?> SettledAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken) =>
        await UsableAsync(zoomUserKey, refused, Early, cancellationToken);

    // A refresh that failed for the moment does not take away a token that is still good.
    private async Task<ZoomTokenResult?> StillGoodAsync(string zoomUserKey, string? refused) =>
        await UsableAsync(zoomUserKey, refused, TimeSpan.FromMinutes(1), CancellationToken.None);

    private async Task<ZoomTokenResult?> UsableAsync(string zoomUserKey, string? refused, TimeSpan left, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Without a connection the tokens only wait to be revoked.
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
            return Later(WithoutKey);
        }

        return token != refused && stored.AccessTokenExpiresAt - clock.GetUtcNow() > left
            ? new ZoomTokenResult(ZoomTokenState.Ready, token)
            : null;
    }

    private ZoomTokenResult Later(TimeSpan wait) => new(ZoomTokenState.TryLater, RetryAt: clock.GetUtcNow() + wait);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "No token can be had for a Zoom account because its stored tokens cannot be decrypted.")]
        public static partial void Unreadable(ILogger logger);
    }
}
