using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// The sessions of the pages that are open in this process. Thread-safe; callbacks run outside the lock, on any thread.
/// </summary>
internal sealed class OpenSessions
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SessionId, List<Watch>> _watches = [];

    public IReadOnlyCollection<SessionId> Ids
    {
        get
        {
            lock (_lock)
            {
                return [.. _watches.Keys];
            }
        }
    }

    /// <param name="id">The session of the open page.</param>
    /// <param name="ended">Called when the session has ended; again and again until the watch is disposed.</param>
    public IDisposable WatchFor(SessionId id, Action ended)
    {
        var watch = new Watch(this, id, ended);
        lock (_lock)
        {
            (_watches.TryGetValue(id, out var list) ? list : _watches[id] = []).Add(watch);
        }

        return watch;
    }

    public void NotifyEnded(SessionId id)
    {
        Watch[] watches;
        lock (_lock)
        {
            watches = _watches.TryGetValue(id, out var list) ? [.. list] : [];
        }

        foreach (var watch in watches)
        {
            watch.Ended();
        }
    }

    private void Remove(Watch watch)
    {
        lock (_lock)
        {
            if (_watches.TryGetValue(watch.Id, out var list) && list.Remove(watch) && list.Count == 0)
            {
                _watches.Remove(watch.Id);
            }
        }
    }

    private sealed class Watch(OpenSessions owner, SessionId id, Action ended) : IDisposable
    {
        public SessionId Id => id;

        public Action Ended => ended;

        public void Dispose() => owner.Remove(this);
    }
}
