namespace ZoomCalendar.Core.Integrations;

/// <summary>One token of the HTTP API.</summary>
public readonly record struct PrivateTokenId(Guid Value) : ITypedId<PrivateTokenId>
{
    public static PrivateTokenId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static PrivateTokenId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
