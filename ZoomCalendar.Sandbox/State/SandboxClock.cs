namespace ZoomCalendar.Sandbox.State;

/// <summary>The machine's clock plus an offset that survives a restart.</summary>
internal sealed class SandboxClock(TimeProvider time, SandboxStore store)
{
    private const string Key = "shift";

    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public TimeSpan Offset
    {
        get => store.Read(() => store.Clock.Find(Key)?.Offset ?? TimeSpan.Zero);
        set => store.Change(() => store.Clock.Put(Key, new ClockShift(value)));
    }

    public void Set(DateTimeOffset instant) => Offset = instant - time.GetUtcNow();
}
