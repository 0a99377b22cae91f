using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>What an answer means for the Zoom account as a whole: its clock, a rest, the end of its day or of its connection.</summary>
internal static class AccountErrors
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <param name="db">The transaction in which the answer is written down.</param>
    /// <param name="account">As it was when the request left.</param>
    /// <param name="error">Null: it succeeded.</param>
    /// <param name="isCounted">The request was one of the hundred. A read that succeeds says nothing about those.</param>
    /// <param name="clock">Now.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    /// <returns>Whether work on the account goes on.</returns>
    public static async Task<bool> RecordAsync(
        ZoomCalendarContext db, ZoomAccount account, ZoomError? error, bool isCounted, QuotaClock clock, CancellationToken cancellationToken)
    {
        var failures = account.Failures + 1;
        var failed = FailedAfter(account, error, isCounted, clock.Now);
        switch (error?.Kind)
        {
            case ZoomErrorKind.OutcomeUnknown when error.HttpStatus is >= 200 and < 300:
                // Zoom answered, and only this answer cannot be read: no reason to keep the other meetings waiting for long.
                await SaveAsync(db, account, clock, account.Failures, clock.Now + Backoff.WithJitter(1, FirstRest, FirstRest), failed, cancellationToken);
                return false;

            case ZoomErrorKind.NotSent or ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError:
                await SaveAsync(db, account, clock, failures, clock.Now + Backoff.WithJitter(failures, FirstRest, LongestRest), failed, cancellationToken);
                return false;

            case ZoomErrorKind.RateLimited:
                await SaveAsync(db, account, clock, failures, clock.Now + RetryDelays.ForAccount(error, failures), failed, cancellationToken);
                return false;

            case ZoomErrorKind.DailyLimitReached:
                var day = error.ServerDate is { } date ? DateOnly.FromDateTime(date.UtcDateTime) : clock.Day;
                await QuotaLedger.MarkUsedUpAsync(db, account.Key, day, cancellationToken);
                await QuotaLedger.NotifyAsync(db, account.Key, day, EventKind.QuotaUsedUp, clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.InvalidGrant:
                await MarkConnectionLostAsync(db, account, ZoomAccountState.ReconnectNeeded, "Zoom no longer accepts this connection. Connect Zoom again.", clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.ScopesMissing:
                await MarkConnectionLostAsync(db, account, ZoomAccountState.ReconnectNeeded, "Zoom says that permissions are missing. Connect Zoom again and allow all of them.", clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.UserGone:
                await MarkConnectionLostAsync(db, account, ZoomAccountState.ReconnectNeeded, "Zoom says that this Zoom user no longer exists. Connect Zoom again with another one.", clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.ApprovalWithdrawn:
                await MarkConnectionLostAsync(db, account, ZoomAccountState.ApprovalWithdrawn, AccountLossRecorder.ApprovalWithdrawn, clock.Now, cancellationToken);
                break;
        }

        if (account.Failures > 0 || account.ClockOffset != clock.ZoomAhead || failed != FailedOf(account))
        {
            await SaveAsync(db, account, clock, 0, null, failed, cancellationToken);
        }

        if (account.FailedRequests > 0 && failed.Requests == 0)
        {
            await WakeWaitingAsync(db, account.Key, clock.Now, cancellationToken);
        }

        return true;
    }

    /// <summary>Null: the account's last counted request did not fail.</summary>
    public static AccountFailures? FailuresOf(ZoomAccount account) => account is { FailedRequests: > 0, LastFailedRequestAt: { } at }
        ? new AccountFailures(account.FailedRequests, at, account.LastFailedRequest switch
        {
            ZoomErrorKind.RateLimited => WaitingFor.RateLimit,
            ZoomErrorKind.MayNotHost => WaitingFor.HostPermission,
            _ => WaitingFor.ZoomDown,
        })
        : null;

    /// <summary>An answer to a token that has been replaced in the meantime (somebody connected again) says nothing about the connection.</summary>
    public static async Task<ZoomError> IgnoreIfReconnectedAsync(ZoomCalendarContext db, ZoomAccount account, ZoomError error, CancellationToken cancellationToken) =>
        error.Kind is ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.ScopesMissing or ZoomErrorKind.ApprovalWithdrawn or ZoomErrorKind.UserGone
            && await db.ZoomAccounts.AnyAsync(row => row.Key == account.Key && row.State == ZoomAccountState.Connected, cancellationToken)
            ? error with { Kind = ZoomErrorKind.NotSent }
            : error;

    /// <summary>There is something in the Zoom account that should be told apart.</summary>
    public static Task<int> RequestSweepAsync(ZoomCalendarContext db, string key, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSweptAt, (DateTimeOffset?)null), cancellationToken);

    public static Task<int> BackOffAsync(ZoomCalendarContext db, string key, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Failures, row => row.Failures + 1).SetProperty(row => row.BackoffUntil, (DateTimeOffset?)until),
            cancellationToken);

    /// <summary>What is the matter with one meeting alone (a refused title, a meeting that is gone) is no failure of the account.</summary>
    private static FailedRequests FailedAfter(ZoomAccount account, ZoomError? error, bool isCounted, DateTimeOffset now) => error?.Kind switch
    {
        _ when !isCounted => FailedOf(account),
        ZoomErrorKind.NotSent => FailedOf(account),
        ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError or ZoomErrorKind.RateLimited or ZoomErrorKind.Unexpected or ZoomErrorKind.MayNotHost =>
            new FailedRequests(account.FailedRequests + 1, now, error.Kind),
        _ => new FailedRequests(0, null, null),
    };

    private static FailedRequests FailedOf(ZoomAccount account) => new(account.FailedRequests, account.LastFailedRequestAt, account.LastFailedRequest);

    /// <summary>Those that waited for the account alone need not wait any longer.</summary>
    private static Task<int> WakeWaitingAsync(ZoomCalendarContext db, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.SlotMeetings
            .Where(row => row.ZoomUserKey == key && row.Attempts == 0 && row.InFlight == null && row.NextActionAt > now
                && (row.WaitingFor == WaitingFor.RateLimit || row.WaitingFor == WaitingFor.ZoomDown || row.WaitingFor == WaitingFor.HostPermission))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextActionAt, (DateTimeOffset?)now), cancellationToken);

    private static Task SaveAsync(
        ZoomCalendarContext db, ZoomAccount account, QuotaClock clock, int failures, DateTimeOffset? until, FailedRequests failed, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == account.Key).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.FailedRequests, failed.Requests)
                .SetProperty(row => row.LastFailedRequestAt, failed.At)
                .SetProperty(row => row.LastFailedRequest, failed.Kind)
                .SetProperty(row => row.ClockOffset, clock.ZoomAhead)
                .SetProperty(row => row.Failures, failures)
                .SetProperty(row => row.BackoffUntil, until),
            cancellationToken);

    /// <summary>Said once: whoever changes the state says it. Reconnecting in the meantime (a later authorization) wins.</summary>
    private static async Task MarkConnectionLostAsync(ZoomCalendarContext db, ZoomAccount account, ZoomAccountState state, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = await db.ZoomAccounts
            .Where(row => row.Key == account.Key && row.State == ZoomAccountState.Connected && row.AuthorizedAt == account.AuthorizedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state).SetProperty(row => row.StateReason, reason), cancellationToken);
        if (changed > 0)
        {
            await db.AddEventForConnectedAsync(account.Key, EventKind.ConnectionLost, reason, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private readonly record struct FailedRequests(int Requests, DateTimeOffset? At, ZoomErrorKind? Kind);
}
