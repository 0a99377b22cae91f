using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Meetings;

/// <summary>Everything that is sent to Zoom about a meeting. Equal contents need no update.</summary>
public sealed record MeetingContent
{
    public const int TopicMaxLength = 200;

    public required string Topic { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required int DurationMinutes { get; init; }

    /// <summary>An IANA id, for display in Zoom.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The marker on the first line, then the calendar's public description.</summary>
    public required string Agenda { get; init; }

    public required MeetingSettings Settings { get; init; }

    /// <summary>
    /// A placeholder for content that was sent by a database since replaced. It differs from any real content, so the next update is sent.
    /// </summary>
    public static MeetingContent Unknown(DateTimeOffset start, DateTimeOffset end) =>
        new()
        {
            Topic = "",
            Start = start,
            DurationMinutes = (int)(end - start).TotalMinutes,
            TimeZone = "",
            Agenda = "",
            Settings = new MeetingSettings(),
        };
}
