namespace ZoomCalendar.Core.Calendars;

/// <summary>A bookable calendar of one sub-account.</summary>
public readonly record struct CalendarId(Guid Value) : ITypedId<CalendarId>
{
    public static CalendarId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static CalendarId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
