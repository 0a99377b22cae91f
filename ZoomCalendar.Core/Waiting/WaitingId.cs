namespace ZoomCalendar.Core.Waiting;

/// <summary>Somebody's place in the line for a full slot.</summary>
public readonly record struct WaitingId(Guid Value) : ITypedId<WaitingId>
{
    public static WaitingId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static WaitingId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
