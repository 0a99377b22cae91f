using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Web.Booking;

/// <summary>Tells an open page that what it shows has changed: an event stream, one line a change. It says that, not what.</summary>
internal sealed class LiveStream(LiveChanges changes, TimeProvider clock)
{
    // Proxies close what is silent; browsers come back by themselves after a stream ends.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="subAccount">Whose events are followed.</param>
    /// <param name="state">What the page shows, as text; told only if it differs. Null: every change is told.</param>
    public IResult Of(SubAccountId subAccount, Func<CancellationToken, Task<string>>? state) =>
        TypedResults.ServerSentEvents(FollowAsync(subAccount, state));

    private async IAsyncEnumerable<SseItem<string>> FollowAsync(
        SubAccountId subAccount, Func<CancellationToken, Task<string>>? state, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var wakeups = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = changes.Subscribe(subAccount, () => wakeups.Writer.TryWrite(true));
        var ends = clock.GetUtcNow() + Longest;
        var known = state is null ? "" : await state(cancellationToken);
        yield return new SseItem<string>("", "open");

        while (clock.GetUtcNow() < ends)
        {
            var isChanged = await WaitAsync(wakeups.Reader, cancellationToken);
            if (!isChanged)
            {
                yield return new SseItem<string>("", "alive");
                continue;
            }

            var now = state is null ? null : await state(cancellationToken);
            if (now is null || now != known)
            {
                known = now ?? known;
                yield return new SseItem<string>("", "changed");
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task<bool> WaitAsync(ChannelReader<bool> wakeups, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => silence.Cancel(), null, Heartbeat, Timeout.InfiniteTimeSpan);
        try
        {
            return await wakeups.ReadAsync(silence.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
