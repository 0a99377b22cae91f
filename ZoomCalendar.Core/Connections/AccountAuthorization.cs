using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Stores a new authorization of a Zoom user. Its tokens replace the previous ones for all connections to the account, because Zoom may
/// have invalidated those. Works in the caller's transaction.
/// </summary>
public sealed class AccountAuthorization(
    IDbContextFactory<ZoomCalendarContext> contexts, TokenProtector protector, ZoomUserKeys keys, IAccountMeetings meetings)
{
    /// <summary>The key of a Zoom user, whether or not there is a row.</summary>
    internal async Task<string> KeyOfAsync(string zoomUserId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // By id first: a row that was stored under another master key keeps its key, which its meetings refer to.
        return await db.ZoomAccounts
            .Where(account => account.ZoomUserId == zoomUserId)
            .Select(account => account.Key)
            .SingleOrDefaultAsync(cancellationToken)
            ?? keys.KeyOf(zoomUserId);
    }

    internal async Task<EncryptedGrant> EncryptAsync(ZoomGrant grant, CancellationToken cancellationToken)
    {
        var (tokens, profile) = grant;
        var key = await KeyOfAsync(profile.Id, cancellationToken);
        return new EncryptedGrant(
            key,
            profile,
            protector.Protect(key, tokens.AccessToken.Value),
            protector.Protect(key, tokens.RefreshToken.Value),
            tokens.ExpiresAt,
            string.Join(' ', tokens.Scopes.Order(StringComparer.Ordinal)));
    }

    internal async Task<string> StoreAsync(
        ZoomCalendarContext db, EncryptedGrant grant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = grant.Key;
        var account = await db.ZoomAccounts.SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
        var wasLost = account is not null && account.State is not ZoomAccountState.Connected;
        if (account is null)
        {
            account = new ZoomAccount { Key = key, ZoomUserId = grant.Profile.Id };
            db.ZoomAccounts.Add(account);
        }

        Fill(account, grant, now);
        await meetings.ResumeManagingAsync(db, key, now, cancellationToken);
        if (wasLost)
        {
            await db.AddEventForConnectedAsync(
                key,
                EventKind.ConnectionRestored,
                "Zoom is connected again; bookings that waited for it get their links.",
                now,
                cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return key;
    }

    private static void Fill(ZoomAccount account, EncryptedGrant grant, DateTimeOffset now)
    {
        var profile = grant.Profile;
        account.ZoomAccountNumber = profile.AccountId ?? "";
        account.Email = profile.Email ?? "";
        account.DisplayName = profile.DisplayName ?? "";
        account.PlanType = profile.Type ?? 0;
        account.ProtectedAccessToken = grant.Access;
        account.ProtectedRefreshToken = grant.Refresh;
        account.AccessTokenExpiresAt = grant.ExpiresAt;
        account.Scopes = grant.Scopes;
        account.State = ZoomAccountState.Connected;
        account.StateReason = null;
        account.AuthorizedAt = now;
        // Takes the lease away from a process that is about to refresh or revoke the previous tokens.
        account.RefreshLeaseOwner = null;
        account.RefreshLeaseUntil = null;
        account.Failures = 0;
        account.BackoffUntil = null;
        account.FailedRequests = 0;
        account.LastFailedRequestAt = null;
        account.LastFailedRequest = null;
    }
}
