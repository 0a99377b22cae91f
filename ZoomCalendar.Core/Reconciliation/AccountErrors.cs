using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// The effect of an answer on the Zoom account as a whole: its clock, a pause, the quota's end or the loss of its connection.
/// </summary>
internal static class AccountErrors
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Records an answer on the account's row.</summary>
    /// <param name="db">The transaction that records the answer.</param>
    /// <param name="account">The account as it was when the request was sent.</param>
    /// <param name="error">The error; null if the request succeeded.</param>
    /// <param name="isCounted">The request counts against the quota. A successful read says nothing about counted requests.</param>
    /// <param name="clock">The present, with the clock difference learned from the answer.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <returns>Whether work on the account may continue now.</returns>
    public static async Task<bool> RecordAsync(
        ZoomCalendarContext db,
        ZoomAccount account,
        ZoomError? error,
        bool isCounted,
        QuotaClock clock,
        CancellationToken cancellationToken)
    {
        var failures = account.Failures + 1;
        var failed = FailedRequestsAfter(account, error, isCounted, clock.Now);
        switch (error?.Kind)
        {
            case ZoomErrorKind.OutcomeUnknown when error.HttpStatus is >= 200 and < 300:
                // Zoom answered, and only this answer could not be read. The other meetings wait one short pause.
                await SaveAsync(
                    db,
                    account,
                    clock,
                    account.Failures,
                    clock.Now + Backoff.WithJitter(1, FirstPause, FirstPause),
                    failed,
                    cancellationToken);
                return false;

            case ZoomErrorKind.NotSent or ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError:
                await SaveAsync(
                    db,
                    account,
                    clock,
                    failures,
                    clock.Now + Backoff.WithJitter(failures, FirstPause, LongestPause),
                    failed,
                    cancellationToken);
                return false;

            case ZoomErrorKind.RateLimited:
                await SaveAsync(
                    db, account, clock, failures, clock.Now + RetryDelays.ForAccount(error, failures), failed, cancellationToken);
                return false;

            case ZoomErrorKind.DailyLimitReached:
                var day = error.ServerDate is { } date ? DateOnly.FromDateTime(date.UtcDateTime) : clock.Day;
                await QuotaLedger.MarkUsedUpAsync(db, account.Key, day, cancellationToken);
                await QuotaLedger.NotifyAsync(db, account.Key, day, EventKind.QuotaUsedUp, clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.InvalidGrant:
                await MarkConnectionLostAsync(
                    db,
                    account,
                    ZoomAccountState.ReconnectNeeded,
                    "Zoom no longer accepts this connection. Connect Zoom again.",
                    clock.Now,
                    cancellationToken);
                break;

            case ZoomErrorKind.ScopesMissing:
                await MarkConnectionLostAsync(
                    db,
                    account,
                    ZoomAccountState.ReconnectNeeded,
                    "Zoom says that permissions are missing. Connect Zoom again and allow all of them.",
                    clock.Now,
                    cancellationToken);
                break;

            case ZoomErrorKind.UserGone:
                await MarkConnectionLostAsync(
                    db,
                    account,
                    ZoomAccountState.ReconnectNeeded,
                    "Zoom says that this Zoom user no longer exists. Connect Zoom again with another one.",
                    clock.Now,
                    cancellationToken);
                break;

            case ZoomErrorKind.ApprovalWithdrawn:
                await MarkConnectionLostAsync(
                    db, account, ZoomAccountState.ApprovalWithdrawn, AccountLossRecorder.ApprovalWithdrawn, clock.Now, cancellationToken);
                break;
        }

        if (account.Failures > 0 || account.ClockOffset != clock.ZoomAhead || failed != FailedRequestsOf(account))
        {
            await SaveAsync(db, account, clock, 0, null, failed, cancellationToken);
        }

        if (account.FailedRequests > 0 && failed.Requests == 0)
        {
            await WakeWaitingAsync(db, account.Key, clock.Now, cancellationToken);
        }

        return true;
    }

    /// <summary>The account's consecutive failed requests; null if the last counted request succeeded.</summary>
    public static AccountFailures? FailuresOf(ZoomAccount account) => account is { FailedRequests: > 0, LastFailedRequestAt: { } at }
        ? new AccountFailures(account.FailedRequests, at, account.LastFailedRequest switch
        {
            ZoomErrorKind.RateLimited => WaitingFor.RateLimit,
            ZoomErrorKind.MayNotHost => WaitingFor.HostPermission,
            _ => WaitingFor.ZoomDown,
        })
        : null;

    /// <summary>
    /// Downgrades an error about the token or the permissions if the account was connected again meanwhile: the answer concerns a replaced
    /// token.
    /// </summary>
    public static async Task<ZoomError> IgnoreIfReconnectedAsync(
        ZoomCalendarContext db, ZoomAccount account, ZoomError error, CancellationToken cancellationToken) =>
        error.Kind is ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.ScopesMissing
            or ZoomErrorKind.ApprovalWithdrawn or ZoomErrorKind.UserGone
            && await db.ZoomAccounts.AnyAsync(row => row.Key == account.Key && row.State == ZoomAccountState.Connected, cancellationToken)
            ? error with { Kind = ZoomErrorKind.NotSent }
            : error;

    /// <summary>Makes the account due for a sweep, because it holds meetings that have to be told apart.</summary>
    public static Task<int> RequestSweepAsync(ZoomCalendarContext db, string key, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSweptAt, (DateTimeOffset?)null), cancellationToken);

    /// <summary>Pauses all work on the account until the given time and counts a failure.</summary>
    public static Task<int> BackOffAsync(ZoomCalendarContext db, string key, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key).ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.Failures, row => row.Failures + 1).SetProperty(row => row.BackoffUntil, (DateTimeOffset?)until),
            cancellationToken);

    /// <summary>Errors of one meeting alone, such as a refused title, are no failures of the account.</summary>
    private static FailedRequests FailedRequestsAfter(
        ZoomAccount account, ZoomError? error, bool isCounted, DateTimeOffset now) => error?.Kind switch
        {
            _ when !isCounted => FailedRequestsOf(account),
            ZoomErrorKind.NotSent => FailedRequestsOf(account),
            ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError or ZoomErrorKind.RateLimited or ZoomErrorKind.Unexpected
                or ZoomErrorKind.MayNotHost =>
                new FailedRequests(account.FailedRequests + 1, now, error.Kind),
            _ => new FailedRequests(0, null, null),
        };

    private static FailedRequests FailedRequestsOf(ZoomAccount account) =>
        new(account.FailedRequests, account.LastFailedRequestAt, account.LastFailedRequest);

    /// <summary>Makes meetings due that waited only because of the account's failures.</summary>
    private static Task<int> WakeWaitingAsync(
        ZoomCalendarContext db, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.SlotMeetings
            .Where(row => row.ZoomUserKey == key && row.Attempts == 0 && row.InFlight == null && row.NextActionAt > now
                && (row.WaitingFor == WaitingFor.RateLimit || row.WaitingFor == WaitingFor.ZoomDown
                    || row.WaitingFor == WaitingFor.HostPermission))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextActionAt, (DateTimeOffset?)now), cancellationToken);

    private static Task SaveAsync(
        ZoomCalendarContext db,
        ZoomAccount account,
        QuotaClock clock,
        int failures,
        DateTimeOffset? until,
        FailedRequests failed,
        CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == account.Key).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.FailedRequests, failed.Requests)
                .SetProperty(row => row.LastFailedRequestAt, failed.At)
                .SetProperty(row => row.LastFailedRequest, failed.Kind)
                .SetProperty(row => row.ClockOffset, clock.ZoomAhead)
                .SetProperty(row => row.Failures, failures)
                .SetProperty(row => row.BackoffUntil, until),
            cancellationToken);

    /// <summary>
    /// Marks the connection as lost and writes one event, only on the first change of state. A later authorization takes precedence.
    /// </summary>
    private static async Task MarkConnectionLostAsync(
        ZoomCalendarContext db,
        ZoomAccount account,
        ZoomAccountState state,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var changed = await db.ZoomAccounts
            .Where(row => row.Key == account.Key && row.State == ZoomAccountState.Connected && row.AuthorizedAt == account.AuthorizedAt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, state).SetProperty(row => row.StateReason, reason), cancellationToken);
        if (changed > 0)
        {
            await db.AddEventForConnectedAsync(account.Key, EventKind.ConnectionLost, reason, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private readonly record struct FailedRequests(int Requests, DateTimeOffset? At, ZoomErrorKind? Kind);
}
