namespace ZoomCalendar.Core.Events;

/// <summary>How far one reader of events has come. Everything up to and including <see cref="Position"/> is dealt with.</summary>
public sealed class EventReader
{
    public const int NameMaxLength = 40;

    public required string Name { get; init; }

    public long Position { get; set; }
}
