using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Notifies open pages of changes in their sub-account: an appointment, a link, a connection. A notification has no content; pages read
/// their data again. Thread-safe; callbacks run outside the lock, on any thread.
/// </summary>
public sealed class LiveChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SubAccountId, List<Subscription>> _subscriptions = [];

    public int SubscriberCount
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Values.Sum(list => list.Count);
            }
        }
    }

    public IDisposable Subscribe(SubAccountId subAccount, Action changed)
    {
        var subscription = new Subscription(this, subAccount, changed);
        lock (_lock)
        {
            (_subscriptions.TryGetValue(subAccount, out var list) ? list : _subscriptions[subAccount] = []).Add(subscription);
        }

        return subscription;
    }

    public void Notify(SubAccountId subAccount)
    {
        Subscription[] subscriptions;
        lock (_lock)
        {
            subscriptions = _subscriptions.TryGetValue(subAccount, out var list) ? [.. list] : [];
        }

        foreach (var subscription in subscriptions)
        {
            subscription.Changed();
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(subscription.SubAccount, out var list) && list.Remove(subscription) && list.Count == 0)
            {
                _subscriptions.Remove(subscription.SubAccount);
            }
        }
    }

    private sealed class Subscription(LiveChanges owner, SubAccountId subAccount, Action changed) : IDisposable
    {
        public SubAccountId SubAccount => subAccount;

        public Action Changed => changed;

        public void Dispose() => owner.Remove(this);
    }
}
