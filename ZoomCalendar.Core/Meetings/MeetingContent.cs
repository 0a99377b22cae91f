using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Meetings;

/// <summary>All that Zoom is told of a meeting. Two contents that are equal need no request between them.</summary>
public sealed record MeetingContent
{
    public const int TopicMaxLength = 200;

    public required string Topic { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required int DurationMinutes { get; init; }

    /// <summary>IANA id, for display in Zoom.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The marker on its first line, then the calendar's public description.</summary>
    public required string Agenda { get; init; }

    public required MeetingSettings Settings { get; init; }

    /// <summary>What was sent is not known, but for the slot: our next update writes ours.</summary>
    public static MeetingContent Unknown(DateTimeOffset start, DateTimeOffset end) =>
        new() { Topic = "", Start = start, DurationMinutes = (int)(end - start).TotalMinutes, TimeZone = "", Agenda = "", Settings = new MeetingSettings() };
}
