using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A time that cannot be booked, of a user or of one calendar. Half-open: [Start, End).</summary>
public sealed class BlockedTime
{
    public const int TitleMaxLength = 200;

    public Guid Id { get; init; }

    public SubAccountId SubAccountId { get; init; }

    public UserId? UserId { get; init; }

    /// <summary>Not null: only this calendar is blocked.</summary>
    public CalendarId? CalendarId { get; init; }

    public string Title { get; set; } = "";

    public DateTimeOffset Start { get; set; }

    public DateTimeOffset End { get; set; }

    public int Version { get; set; }
}
