namespace ZoomCalendar.Core.Accounts;

/// <summary>One business.</summary>
public readonly record struct SubAccountId(Guid Value) : ITypedId<SubAccountId>
{
    public static SubAccountId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static SubAccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
