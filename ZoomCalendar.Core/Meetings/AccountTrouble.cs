using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>What an answer means for the Zoom account as a whole: its clock, a rest, the end of its day or of its connection.</summary>
internal static class AccountTrouble
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <returns>Whether work on the account goes on.</returns>
    public static async Task<bool> NoteAsync(ZoomCalendarContext db, ZoomAccount account, ZoomError? error, QuotaClock clock, CancellationToken cancellationToken)
    {
        var failures = account.Failures + 1;
        switch (error?.Kind)
        {
            case ZoomErrorKind.NotSent or ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError:
                await SaveAsync(db, account, clock, failures, clock.Now + Backoff.After(failures, FirstRest, LongestRest), cancellationToken);
                return false;

            case ZoomErrorKind.RateLimited:
                await SaveAsync(db, account, clock, failures, clock.Now + Refusals.PauseFor(error, failures), cancellationToken);
                return false;

            case ZoomErrorKind.DailyLimitReached:
                var day = error.ServerDate is { } date ? DateOnly.FromDateTime(date.UtcDateTime) : clock.Day;
                await QuotaLedger.MarkUsedUpAsync(db, account.Key, day, cancellationToken);
                await QuotaLedger.TellAsync(db, account.Key, day, EventKind.QuotaUsedUp, clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.InvalidGrant:
                await BreakAsync(db, account, ZoomAccountState.ReconnectNeeded, "Zoom no longer accepts this connection. Connect Zoom again.", clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.ScopesMissing:
                await BreakAsync(db, account, ZoomAccountState.ReconnectNeeded, "Zoom says that permissions are missing. Connect Zoom again and allow all of them.", clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.UserGone:
                await BreakAsync(db, account, ZoomAccountState.ReconnectNeeded, "Zoom says that this Zoom user no longer exists. Connect Zoom again with another one.", clock.Now, cancellationToken);
                break;

            case ZoomErrorKind.ApprovalWithdrawn:
                await BreakAsync(db, account, ZoomAccountState.ApprovalWithdrawn, LostAccounts.ApprovalWithdrawn, clock.Now, cancellationToken);
                break;
        }

        if (account.Failures > 0 || account.ClockOffset != clock.ZoomAhead)
        {
            await SaveAsync(db, account, clock, 0, null, cancellationToken);
        }

        return true;
    }

    /// <summary>An answer to a token that has been replaced in the meantime (somebody connected again) says nothing about the connection.</summary>
    public static async Task<ZoomError> AsItStandsAsync(ZoomCalendarContext db, ZoomAccount account, ZoomError error, CancellationToken cancellationToken) =>
        error.Kind is ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.ScopesMissing or ZoomErrorKind.ApprovalWithdrawn or ZoomErrorKind.UserGone
            && await db.ZoomAccounts.AnyAsync(row => row.Key == account.Key && row.State == ZoomAccountState.Connected, cancellationToken)
            ? error with { Kind = ZoomErrorKind.NotSent }
            : error;

    /// <summary>There is something in the Zoom account that should be told apart.</summary>
    public static Task<int> SweepSoonAsync(ZoomCalendarContext db, string key, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSweptAt, (DateTimeOffset?)null), cancellationToken);

    public static Task<int> RestAsync(ZoomCalendarContext db, string key, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Failures, row => row.Failures + 1).SetProperty(row => row.BackoffUntil, (DateTimeOffset?)until),
            cancellationToken);

    private static Task SaveAsync(ZoomCalendarContext db, ZoomAccount account, QuotaClock clock, int failures, DateTimeOffset? until, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == account.Key).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.ClockOffset, clock.ZoomAhead)
                .SetProperty(row => row.Failures, failures)
                .SetProperty(row => row.BackoffUntil, until),
            cancellationToken);

    /// <summary>Said once: whoever changes the state says it. Reconnecting in the meantime (a later authorization) wins.</summary>
    private static async Task BreakAsync(ZoomCalendarContext db, ZoomAccount account, ZoomAccountState state, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = await db.ZoomAccounts
            .Where(row => row.Key == account.Key && row.State == ZoomAccountState.Connected && row.AuthorizedAt == account.AuthorizedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state).SetProperty(row => row.StateReason, reason), cancellationToken);
        if (changed > 0)
        {
            await MeetingEvents.OfConnectionsAsync(db, account.Key, EventKind.ConnectionLost, reason, now, cancellationToken);
        }
    }
}
