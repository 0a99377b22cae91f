namespace ZoomCalendar.Core.Appointments;

/// <summary>A booking of a time slot by a booker.</summary>
public readonly record struct AppointmentId(Guid Value) : ITypedId<AppointmentId>, IComparable<AppointmentId>
{
    public static AppointmentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static AppointmentId From(Guid value) => new(value);

    public int CompareTo(AppointmentId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}
