namespace ZoomCalendar.Web.Hosting;

/// <summary>A counter of open connections, and how many there may be.</summary>
internal sealed record ConnectionCount(string Key, int Most);

/// <summary>
/// Counts connections that stay open (event streams, open pages), by whatever key: an address, a user. In this process. Thread-safe.
/// </summary>
internal sealed class OpenConnections
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Counts one more under each key.</summary>
    /// <returns>Dispose it when the connection is closed. Null: one of the keys has all that it may have, and nothing is counted.</returns>
    public IDisposable? TryOpen(params IReadOnlyList<ConnectionCount> counts)
    {
        lock (_lock)
        {
            if (counts.Any(IsFullHere))
            {
                return null;
            }

            foreach (var (key, _) in counts)
            {
                _open[key] = _open.GetValueOrDefault(key) + 1;
            }
        }

        return new Opened(this, counts);
    }

    /// <summary>Whether one of the keys has all that it may have.</summary>
    public bool IsFull(params IReadOnlyList<ConnectionCount> counts)
    {
        lock (_lock)
        {
            return counts.Any(IsFullHere);
        }
    }

    private bool IsFullHere(ConnectionCount count) => _open.GetValueOrDefault(count.Key) >= count.Most;

    private void Close(IReadOnlyList<ConnectionCount> counts)
    {
        lock (_lock)
        {
            foreach (var (key, _) in counts)
            {
                if (--_open[key] == 0)
                {
                    _open.Remove(key);
                }
            }
        }
    }

    private sealed class Opened(OpenConnections owner, IReadOnlyList<ConnectionCount> counts) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                owner.Close(counts);
            }
        }
    }
}
