namespace ZoomCalendar.Core.Reconciliation;

/// <summary>When this process's reconciler last looked for due meetings without failing. Thread-safe.</summary>
public sealed class ReconcilerHeartbeat
{
    private long _ticks;

    /// <summary>Null: it has not looked yet.</summary>
    public DateTimeOffset? Last => Interlocked.Read(ref _ticks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal void Beat(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
