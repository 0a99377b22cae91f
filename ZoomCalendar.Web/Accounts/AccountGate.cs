using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// What every account form passes before it does any work: a number of forms for each network address, and a number of password hashes at
/// the same time, so that other pages keep their speed. It protects this process.
/// </summary>
internal sealed class AccountGate(IOptions<AccountOptions> options) : IDisposable
{
    private const int MaxWaiting = 50;

    private readonly PartitionedRateLimiter<string> _forms = PartitionedRateLimiter.Create<string, string>(
        visitor => RateLimitPartition.GetSlidingWindowLimiter(visitor, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.Value.FormsPerTenMinutes,
            Window = TimeSpan.FromMinutes(10),
            SegmentsPerWindow = 10,
        }));

    private readonly ConcurrencyLimiter _hashes = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Counts a form, and waits for its turn if it hashes a password.</summary>
    /// <returns>Dispose it when the work is done. It may be a refusal.</returns>
    public Task<AccountPermit> EnterAsync(HttpContext context, bool hashes = true) =>
        EnterAsync(VisitorAddress.Of(context), context, hashes, context.RequestAborted);

    /// <summary>The same for a form of a signed-in user on an open page, which has no request: it is counted for the user.</summary>
    public Task<AccountPermit> EnterAsync(UserId user, CancellationToken cancellationToken) =>
        EnterAsync(user.ToString(), null, true, cancellationToken);

    private async Task<AccountPermit> EnterAsync(string visitor, HttpContext? context, bool hashes, CancellationToken cancellationToken)
    {
        using var counted = _forms.AttemptAcquire(visitor);
        if (!counted.IsAcquired)
        {
            return AccountPermit.Refused(context.TooMany("Too many attempts from your network.", TimeSpan.FromMinutes(1)));
        }

        if (!hashes)
        {
            return AccountPermit.Given(null);
        }

        var lease = await _hashes.AcquireAsync(1, cancellationToken);
        if (lease.IsAcquired)
        {
            return AccountPermit.Given(lease);
        }

        lease.Dispose();
        return AccountPermit.Refused(context.TooMany("Too many people are signing in at the moment.", TimeSpan.FromSeconds(10)));
    }

    public void Dispose()
    {
        _forms.Dispose();
        _hashes.Dispose();
    }
}

/// <summary>The permission to work on an account form, until it is disposed.</summary>
internal sealed class AccountPermit : IDisposable
{
    private readonly RateLimitLease? _lease;

    private AccountPermit(RateLimitLease? lease, string? problem) => (_lease, Problem) = (lease, problem);

    /// <summary>A sentence for the form; null: the work may begin.</summary>
    public string? Problem { get; }

    public static AccountPermit Given(RateLimitLease? lease) => new(lease, null);

    public static AccountPermit Refused(string problem) => new(null, problem);

    public void Dispose() => _lease?.Dispose();
}

internal static class TooManyAttempts
{
    /// <summary>Sets the status 429 and when to try again. The form is shown as usual, with what was typed.</summary>
    /// <param name="context">Null: a form on an open page.</param>
    /// <param name="what">What there is too much of, in a sentence.</param>
    /// <param name="wait">The time after which another try is allowed.</param>
    /// <returns>The sentence for the form.</returns>
    public static string TooMany(this HttpContext? context, string what, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        if (context is not null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        var minutes = (seconds + 59) / 60;
        return $"{what} Try again in {(seconds < 60 ? $"{seconds} seconds" : minutes == 1 ? "a minute" : $"{minutes} minutes")}.";
    }
}
