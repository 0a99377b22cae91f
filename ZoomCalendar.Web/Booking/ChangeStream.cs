using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Booking;

/// <summary>An event stream that notifies an open page of changes, one line for each. It carries no content.</summary>
internal sealed class ChangeStream(
    LiveChanges changes,
    OpenConnections connections,
    IOptions<ConnectionLimits> limits,
    IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    // Proxies close silent connections. Browsers reconnect after a stream ends.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>An open stream; 429 if the visitor's network address holds as many as it may. The page works without one.</summary>
    /// <param name="context">The request for the stream.</param>
    /// <param name="subAccount">Whose events are followed.</param>
    /// <param name="known">What the page shows, as <see cref="Of(string)"/> has it: what happened before the stream began is told at
    /// once.</param>
    /// <param name="state">The same as it is now.</param>
    public IResult Follow(
        HttpContext context, SubAccountId subAccount, string? known, Func<CancellationToken, Task<string>> state)
    {
        if (connections.TryOpen(limits.Value.StreamsOf(context)) is not { } opened)
        {
            ConnectionLimits.Refuse(context.Response, StatusCodes.Status429TooManyRequests);
            return TypedResults.Text(
                "Too many booking pages are open in your network. Close some of them. This page works without live changes.",
                statusCode: StatusCodes.Status429TooManyRequests);
        }

        context.Response.RegisterForDispose(opened);
        return TypedResults.ServerSentEvents(FollowAsync(subAccount, known, state));
    }

    /// <summary>A state in short, for an address.</summary>
    public static string Of(string state) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state)), 0, 8);

    private async IAsyncEnumerable<SseItem<string>> FollowAsync(
        SubAccountId subAccount,
        string? known,
        Func<CancellationToken, Task<string>> state,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var wakeups = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = changes.Subscribe(subAccount, () => wakeups.Writer.TryWrite(true));
        var ends = clock.GetUtcNow() + Longest;
        var isWoken = true;
        yield return new SseItem<string>("", "open");

        // A stopping node ends its streams. Browsers reconnect to another node, which reports missed changes.
        while (clock.GetUtcNow() < ends && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            var now = isWoken ? Of(await state(cancellationToken)) : known;
            if (now == known)
            {
                yield return new SseItem<string>("", "alive");
            }
            else
            {
                known = now;
                yield return new SseItem<string>("", "changed");
                await Task.Delay(Pause, clock, cancellationToken);
            }

            isWoken = await WaitAsync(wakeups.Reader, cancellationToken);
        }
    }

    private async Task<bool> WaitAsync(ChannelReader<bool> wakeups, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
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
