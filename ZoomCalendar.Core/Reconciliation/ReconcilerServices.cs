using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>The services shared by the classes that work on Zoom accounts.</summary>
internal sealed class ReconcilerServices(
    IDbContextFactory<ZoomCalendarContext> contexts,
    ZoomClient zoom,
    IAccessTokenProvider tokens,
    Signals signals,
    TimeProvider clock,
    IOptions<ZoomOptions> options,
    ILogger logger)
{
    public ReconcilerStore Database { get; } = new(contexts);

    public AccountLease Lease { get; } = new(Guid.NewGuid());

    public ZoomClient Zoom => zoom;

    public IAccessTokenProvider Tokens => tokens;

    public ILogger Logger => logger;

    public int QuotaReserve => options.Value.QuotaReserve;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Runs a read, which Zoom does not count. After a 401 it is repeated once with a fresh token.</summary>
    public async Task<ZoomResult<T>> ReadAsync<T>(
        string key, AccessToken token, Func<AccessToken, Task<ZoomResult<T>>> read, CancellationToken cancellationToken)
    {
        var result = await read(token);
        if (result is ZoomResult<T>.Failed { Error: { Kind: ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded } error })
        {
            result = await tokens.GetAsync(key, token.Value, cancellationToken) switch
            {
                { State: ZoomTokenState.Ready, AccessToken: { } fresh } => await read(new AccessToken(fresh)),
                { State: ZoomTokenState.TryLater } => new ZoomResult<T>.Failed(error with { Kind = ZoomErrorKind.RateLimited }),
                _ => result,
            };
        }

        // A daily limit on reads says nothing about the quota of counted requests.
        return result is ZoomResult<T>.Failed { Error: { Kind: ZoomErrorKind.DailyLimitReached } ended }
            ? new ZoomResult<T>.Failed(ended with { Kind = ZoomErrorKind.Unexpected })
            : result;
    }

    /// <summary>Wakes the services that handle what a transaction wrote.</summary>
    /// <param name="states">The present states of the changed slot meetings.</param>
    public void Signal(params IEnumerable<SlotMeetingState> states)
    {
        signals.EventsWritten.Wake();
        if (states.Contains(SlotMeetingState.Dropped))
        {
            signals.DisconnectsDue.Wake();
        }
    }

    /// <summary>Called after each step. Tests throw here to simulate a crash.</summary>
    public Action<ReconcilerStep> Reached { get; set; } = _ => { };
}
