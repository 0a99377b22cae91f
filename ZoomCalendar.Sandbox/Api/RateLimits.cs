using System.Globalization;
using System.Text.Json;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Api;

/// <summary>Counts and limits requests as Zoom does.</summary>
internal sealed class RateLimits(SandboxStore store, SandboxClock clock, SandboxOptions options)
{
    private readonly Dictionary<string, (long Second, int Requests)> _seconds = [];

    /// <summary>Requests per second and Zoom account. Null: no limit.</summary>
    public int? PerSecond { get; set; } = options.RequestsPerSecond;

    public static SandboxAnswer SandboxAnswer(LimitKind kind, RetryAfterForm retryAfter, DateTimeOffset now)
    {
        var (message, type, until) = kind switch
        {
            LimitKind.PerSecond =>
                ("You have reached the maximum per-second rate limit for this API. Try again later.", "QPS", now.AddSeconds(1)),
            LimitKind.DailyApi =>
                ("You have reached the maximum daily rate limit for this API. Refer to the response header for details on when "
                    + "you can make another request.",
                    "Daily-limit", Midnight(now)),
            LimitKind.Concurrent => ("Too many concurrent requests. A request to create, update, or delete this user is in progress.",
                "QPS", now.AddSeconds(1)),
            _ =>
                ("You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this "
                    + "particular user. You may resume these requests at GMT 00:00:00.",
                    null, Midnight(now)),
        };

        var headers = new Dictionary<string, string>();

        if (retryAfter != RetryAfterForm.None)
        {
            headers["X-RateLimit-Category"] = "Light";
            headers["X-RateLimit-Type"] = type ?? "Daily-limit";
            headers["Retry-After"] = retryAfter == RetryAfterForm.Instant
                ? SandboxJson.Instant(until)
                : Math.Ceiling((until - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var body = JsonSerializer.Serialize(new { Code = 429, Message = message }, SandboxJson.Zoom);
        return Api.SandboxAnswer.Of(StatusCodes.Status429TooManyRequests, body, headers);
    }

    /// <summary>Counts a create, update or delete request, whether or not it succeeds. Returns its number within the day.</summary>
    public int Count(SandboxUser host) =>
        store.Change(() =>
        {
            var count = Of(host, clock.Today) + 1;
            Set(host, clock.Today, count);
            return count;
        });

    public int Of(SandboxUser host, DateOnly day) => store.Read(() => store.Counts.Find(Key(host, day))?.Count ?? 0);

    public void Set(SandboxUser host, DateOnly day, int count) =>
        store.Change(() => store.Counts.Put(Key(host, day), new SandboxCount(host.Email, day, count)));

    public IReadOnlyList<SandboxCount> All() => store.Read<IReadOnlyList<SandboxCount>>(() => [.. store.Counts.Rows]);

    public SandboxAnswer? RefusalOf(SandboxUser user, int? countedAs)
    {
        if (IsTooFast(user))
        {
            return SandboxAnswer(LimitKind.PerSecond, RetryAfterForm.None, clock.Now);
        }

        return countedAs > options.DailyLimit ? SandboxAnswer(LimitKind.DailyMeeting, RetryAfterForm.None, clock.Now) : null;
    }

    private static string Key(SandboxUser host, DateOnly day) => $"{host.Id}|{day:yyyy-MM-dd}";

    private static DateTimeOffset Midnight(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private bool IsTooFast(SandboxUser user)
    {
        if (PerSecond is not { } allowed)
        {
            return false;
        }

        lock (_seconds)
        {
            var second = clock.Now.ToUnixTimeSeconds();
            var so = _seconds.GetValueOrDefault(user.AccountId);
            so = so.Second == second ? (second, so.Requests + 1) : (second, 1);
            _seconds[user.AccountId] = so;

            return so.Requests > allowed;
        }
    }
}
