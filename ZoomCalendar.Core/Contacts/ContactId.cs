namespace ZoomCalendar.Core.Contacts;

/// <summary>A booker whom a program has introduced.</summary>
public readonly record struct ContactId(Guid Value) : ITypedId<ContactId>, IComparable<ContactId>
{
    public static ContactId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ContactId From(Guid value) => new(value);

    public int CompareTo(ContactId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}
