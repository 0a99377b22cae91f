using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The resilience pipelines. Requests that Zoom counts and requests to the token endpoint are sent exactly once: the caller counts each
/// attempt, and a refresh token is valid for one use. Reads are retried once, immediately, after a transport error. Everything ends within
/// <see cref="ZoomOptions.RequestTimeout"/>.
/// </summary>
internal sealed class ZoomResilience : IDisposable
{
    private readonly RateLimiter _inFlight;

    public ZoomResilience(IOptions<ZoomOptions> options, TimeProvider clock)
    {
        // No queue: a queued request could be sent after its lease or its day has ended.
        _inFlight = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions { PermitLimit = options.Value.MaxConcurrentRequests, QueueLimit = 0 });

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
