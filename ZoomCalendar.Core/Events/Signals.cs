namespace ZoomCalendar.Core.Events;

/// <summary>
/// Wake-ups within this process after a commit. They carry no data. Readers also poll, so a lost wake-up delays work but loses nothing.
/// Thread-safe.
/// </summary>
public sealed class Signals
{
    public Wakeup EventsWritten { get; } = new();

    public Wakeup MeetingsDue { get; } = new();

    /// <summary>A message was queued or became due.</summary>
    public Wakeup MessagesDue { get; } = new();

    /// <summary>A deletion was sent, or a delayed disconnect was requested.</summary>
    public Wakeup DisconnectsDue { get; } = new();

    /// <summary>Wakes the readers of events and the reconciler. Call it after the commit of a use case.</summary>
    public void Committed()
    {
        EventsWritten.Wake();
        MeetingsDue.Wake();
    }
}

/// <summary>Wakes all waiters. A waiter that takes <see cref="Next"/> before it checks for work misses no wake-up. Thread-safe.</summary>
public sealed class Wakeup
{
    private volatile TaskCompletionSource _next = NewSource();

    /// <summary>Completes at the next <see cref="Wake"/>.</summary>
    public Task Next => _next.Task;

    public void Wake() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
