using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// Bounds the requests of visitors that this process works on at the same time. Some wait for their turn, but not for long; the others are
/// told at once when to try again. So requests never queue without end, and people who are signed in keep their speed.
/// </summary>
internal sealed class BookingCapacity(IOptions<BookingOptions> options) : IDisposable
{
    /// <summary>How long a request waits for its turn, and when to try again after a refusal: nobody waits any more by then.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.RequestsAtOnce ?? 8 * Environment.ProcessorCount,
        QueueLimit = options.Value.RequestsWaiting ?? 80 * Environment.ProcessorCount,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <returns>Dispose it when the work is done; null: there is no place.</returns>
    public async Task<RateLimitLease?> EnterAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Wait);
        try
        {
            var lease = await _limiter.AcquireAsync(1, patience.Token);
            if (lease.IsAcquired)
            {
                return lease;
            }

            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _limiter.Dispose();
}

internal static class BookingCapacityMiddleware
{
    /// <summary>Before anything that reads the database, and after the limits of a single visitor.</summary>
    public static WebApplication UseBookingCapacity(this WebApplication app)
    {
        var capacity = app.Services.GetRequiredService<BookingCapacity>();
        app.Use(async (context, next) =>
        {
            if (!IsWork(context.Request.Path))
            {
                await next(context);
                return;
            }

            using var place = await capacity.EnterAsync(context.RequestAborted);
            if (place is not null)
            {
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = $"{(int)BookingCapacity.Wait.TotalSeconds}";
        });
        return app;
    }

    // A stream of changes stays open and does nothing most of the time: ConnectionLimits counts it.
    private static bool IsWork(PathString path) => path.StartsWithSegments("/book", StringComparison.OrdinalIgnoreCase)
        && !path.Value!.EndsWith("/changes", StringComparison.OrdinalIgnoreCase);
}
