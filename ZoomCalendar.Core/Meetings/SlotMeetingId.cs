namespace ZoomCalendar.Core.Meetings;

/// <summary>The Zoom meeting behind a time slot. Part of the marker that Zoom keeps in the agenda.</summary>
public readonly record struct SlotMeetingId(Guid Value) : ITypedId<SlotMeetingId>
{
    public static SlotMeetingId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static SlotMeetingId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
