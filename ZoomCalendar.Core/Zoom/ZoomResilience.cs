using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// How long and how often. Requests that Zoom counts, and those to the token endpoint, are sent exactly once: each attempt
/// has to be counted by the caller before it leaves, and a refresh token is good for one use. Reads are repeated once, at once, when the
/// transport failed. Either way everything is over within <see cref="ZoomOptions.RequestTimeout"/>.
/// </summary>
internal sealed class ZoomResilience : IDisposable
{
    private readonly RateLimiter _inFlight;

    public ZoomResilience(IOptions<ZoomOptions> options, TimeProvider clock)
    {
        // No queue: a request that waited here could leave after its lease or its day.
        _inFlight = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.Value.MaxConcurrentRequests, QueueLimit = 0 });

        Once = Builder().Build();
        Read = Builder()
            .AddRetry(new RetryStrategyOptions<ZoomExchange>
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result?.TransportError is not null),
            })
            .Build();

        ResiliencePipelineBuilder<ZoomExchange> Builder() => new ResiliencePipelineBuilder<ZoomExchange> { TimeProvider = clock }
            .AddRateLimiter(_inFlight)
            .AddTimeout(options.Value.RequestTimeout);
    }

    public ResiliencePipeline<ZoomExchange> Once { get; }

    public ResiliencePipeline<ZoomExchange> Read { get; }

    public void Dispose() => _inFlight.Dispose();
}
