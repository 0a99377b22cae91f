using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>What everybody who works on Zoom accounts needs.</summary>
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

    /// <summary>A read, which Zoom does not count; after a 401 once more with a fresh token.</summary>
    public async Task<ZoomResult<T>> ReadAsync<T>(string key, AccessToken token, Func<AccessToken, Task<ZoomResult<T>>> read, CancellationToken cancellationToken)
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

        // The end of a day's reads says nothing of the hundred.
        return result is ZoomResult<T>.Failed { Error: { Kind: ZoomErrorKind.DailyLimitReached } ended }
            ? new ZoomResult<T>.Failed(ended with { Kind = ZoomErrorKind.Unexpected })
            : result;
    }

    /// <summary>Wakes whom it concerns that something has been written down.</summary>
    /// <param name="states">Of the rows that were changed, as they are now.</param>
    public void Signal(params IEnumerable<SlotMeetingState> states)
    {
        signals.EventsWritten.Wake();
        if (states.Contains(SlotMeetingState.Dropped))
        {
            signals.DisconnectsDue.Wake();
        }
    }

    /// <summary>Throws where a test wants the process to die.</summary>
    public Action<ReconcilerStep> Reached { get; set; } = _ => { };
}
