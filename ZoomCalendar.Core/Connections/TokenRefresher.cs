using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Refreshes an account's tokens: calls Zoom, stores the new pair and handles a refusal. The caller must hold the
/// <see cref="RefreshLease"/>.
/// </summary>
public sealed partial class TokenRefresher(
    IDbContextFactory<ZoomCalendarContext> contexts,
    ZoomOAuthClient oauth,
    TokenProtector protector,
    AccountLossRecorder losses,
    TimeProvider clock,
    ILogger<TokenRefresher> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ConfigurationRetryDelay = TimeSpan.FromMinutes(5);

    /// <summary>Null: newer tokens are stored. Otherwise the failure.</summary>
    internal async Task<ZoomTokenResult?> RefreshAsync(string zoomUserKey, CancellationToken cancellationToken)
    {
        var storedToken = await ReadRefreshTokenAsync(zoomUserKey, cancellationToken);
        if (storedToken is null)
        {
            return new ZoomTokenResult(ZoomTokenState.NotConnected);
        }

        if (protector.Unprotect(zoomUserKey, storedToken) is not { } token)
        {
            return RetryLater(ConfigurationRetryDelay);
        }

        var result = await oauth.RefreshAsync(new RefreshToken(token), cancellationToken);
        if (result is ZoomResult<ZoomTokens>.Ok { Value: var pair })
        {
            await StoreAsync(zoomUserKey, storedToken, pair, cancellationToken);
            return null;
        }

        return await HandleRefusalAsync(zoomUserKey, storedToken, ((ZoomResult<ZoomTokens>.Failed)result).Error, cancellationToken);
    }

    private async Task<string?> ReadRefreshTokenAsync(string zoomUserKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ZoomAccounts.AsNoTracking().Where(account => account.Key == zoomUserKey)
            .Select(account => account.ProtectedRefreshToken).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Replaces only the pair that was used up. If a user connected again in the meantime, the newer pair stays.</summary>
    private async Task StoreAsync(string zoomUserKey, string storedToken, ZoomTokens pair, CancellationToken cancellationToken)
    {
        var access = protector.Protect(zoomUserKey, pair.AccessToken.Value);
        var next = protector.Protect(zoomUserKey, pair.RefreshToken.Value);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ZoomAccounts
            .Where(account => account.Key == zoomUserKey && account.ProtectedRefreshToken == storedToken)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.ProtectedAccessToken, access)
                    .SetProperty(account => account.ProtectedRefreshToken, next)
                    .SetProperty(account => account.AccessTokenExpiresAt, pair.ExpiresAt),
                cancellationToken);
        Log.Refreshed(logger);
    }

    private async Task<ZoomTokenResult?> HandleRefusalAsync(
        string zoomUserKey, string storedToken, ZoomError error, CancellationToken cancellationToken)
    {
        switch (error.Kind)
        {
            case ZoomErrorKind.InvalidGrant or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.UserGone:
                return await LoseAsync(ZoomAccountState.ReconnectNeeded, AccountLossRecorder.ReconnectNeeded)
                    ? new ZoomTokenResult(ZoomTokenState.ReconnectNeeded)
                    : null;
            case ZoomErrorKind.ApprovalWithdrawn:
                return await LoseAsync(ZoomAccountState.ApprovalWithdrawn, AccountLossRecorder.ApprovalWithdrawn)
                    ? new ZoomTokenResult(ZoomTokenState.ApprovalWithdrawn)
                    : null;
            case ZoomErrorKind.ConfigurationRejected or ZoomErrorKind.Rejected:
                Log.OurSettings(logger, error);
                return RetryLater(ConfigurationRetryDelay);
            default:
                Log.Failed(logger, error);
                return RetryLater(error.RetryAfter is { } asked ? asked < MaxRetryDelay ? asked : MaxRetryDelay : RetryDelay);
        }

        Task<bool> LoseAsync(ZoomAccountState state, string reason) =>
            losses.RecordAsync(zoomUserKey, storedToken, state, reason, clock.GetUtcNow(), cancellationToken);
    }

    private ZoomTokenResult RetryLater(TimeSpan wait) => new(ZoomTokenState.TryLater, RetryAt: clock.GetUtcNow() + wait);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "A Zoom token was refreshed.")]
        public static partial void Refreshed(ILogger logger);

        [LoggerMessage(LogLevel.Error, "Zoom refuses our own credentials: check Zoom:ClientId and Zoom:ClientSecret. "
            + "No connection is lost by it. {Error}")]
        public static partial void OurSettings(ILogger logger, ZoomError error);

        [LoggerMessage(LogLevel.Warning, "A Zoom token could not be refreshed for now: {Error}")]
        public static partial void Failed(ILogger logger, ZoomError error);
    }
}
