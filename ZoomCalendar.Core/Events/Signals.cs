namespace ZoomCalendar.Core.Events;

/// <summary>Wake-ups inside this process, after a commit. They carry nothing: a lost one costs a second, never a fact. Thread-safe.</summary>
public sealed class Signals
{
    public Wakeup EventsWritten { get; } = new();

    public Wakeup MeetingsDue { get; } = new();

    /// <summary>Somebody put a message into the queue, or made one due.</summary>
    public Wakeup MessagesDue { get; } = new();

    /// <summary>A deletion is done, or somebody asked to be disconnected once all of them are.</summary>
    public Wakeup DisconnectsDue { get; } = new();

    public void Committed()
    {
        EventsWritten.Wake();
        MeetingsDue.Wake();
    }
}

/// <summary>Wakes everybody who waits. A wake-up between two waits is not lost if the waiter took <see cref="Next"/> before it looked.</summary>
public sealed class Wakeup
{
    private volatile TaskCompletionSource _next = Fresh();

    /// <summary>Completes at the next <see cref="Wake"/>.</summary>
    public Task Next => _next.Task;

    public void Wake() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
