namespace ZoomCalendar.Tests.Testing;

/// <summary>A clock that runs as the machine's does, from another moment on: for whole apps, whose timers must go on.</summary>
internal sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => start + (System.GetUtcNow() - _began);
}
