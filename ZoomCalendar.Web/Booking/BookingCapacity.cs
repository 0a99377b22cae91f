using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// Bounds the requests of visitors that this process works on at the same time. Some wait for their turn; beyond these, a visitor is told
/// at once when to try again. So requests never queue without end, and people who are signed in keep their speed.
/// </summary>
internal sealed class BookingCapacity(IOptions<BookingOptions> options) : IDisposable
{
    /// <summary>When to try again after a refusal. By then everybody who waited has had a turn.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.RequestsAtOnce ?? 8 * Environment.ProcessorCount,
        QueueLimit = options.Value.RequestsWaiting ?? 80 * Environment.ProcessorCount,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) => _limiter.AcquireAsync(1, cancellationToken);

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
            if (place.IsAcquired)
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
