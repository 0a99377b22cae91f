using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Web.Api;

/// <summary>
/// A fixed window for each key in this process. It protects the process and gives no guarantee across nodes. Thread-safe.
/// </summary>
internal sealed class RateLimiter(IOptions<ApiOptions> options, TimeProvider clock)
{
    private const int MostWindows = 10_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new();

    /// <summary>Counts one request and writes the rate limit headers.</summary>
    /// <returns>Whether the request may continue.</returns>
    public bool Take(string key, HttpResponse response)
    {
        var (max, length) = (options.Value.RateLimitMax, options.Value.RateLimitIntervalMilliseconds);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / length;
        if (_windows.Count > MostWindows)
        {
            Forget(now);
        }

        var used = _windows.GetOrAdd(key, _ => new Window()).Take(now);
        response.Headers["X-RateLimit-Max"] = $"{max}";
        response.Headers["X-RateLimit-Remaining"] = $"{Math.Max(0, max - used)}";
        response.Headers["X-RateLimit-Interval-Milliseconds"] = $"{length}";
        return used <= max;
    }

    private void Forget(long now)
    {
        foreach (var (key, window) in _windows)
        {
            if (window.Number != now)
            {
                _windows.TryRemove(key, out _);
            }
        }
    }

    private sealed class Window
    {
        private int _used;

        public long Number { get; private set; }

        public int Take(long number)
        {
            lock (this)
            {
                if (Number != number)
                {
                    (Number, _used) = (number, 0);
                }

                return ++_used;
            }
        }
    }
}
