namespace ZoomCalendar.Core.Reconciliation;

/// <summary>The time of the last successful search for due meetings in this process. Thread-safe.</summary>
public sealed class ReconcilerHeartbeat
{
    private long _ticks;

    /// <summary>Null before the first search.</summary>
    public DateTimeOffset? Last => Interlocked.Read(ref _ticks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal void Beat(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
