namespace ZoomCalendar.Core.Meetings;

/// <summary>Derives what Zoom should have for a slot's meeting. The result is never stored.</summary>
public static class DesiredContent
{
    private const int AgendaMaxLength = 2_000;
    private const int LongestMinutes = 1_440;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The content to send to Zoom; null if no active appointment uses the slot.</summary>
    /// <param name="meeting">The slot meeting.</param>
    /// <param name="facts">The calendar and the slot's appointments.</param>
    /// <param name="installationId">This installation's id, for the marker.</param>
    /// <param name="now">The later of our clock and Zoom's. Zoom refuses a start in the past of either.</param>
    public static MeetingContent? Of(SlotMeeting meeting, SlotFacts facts, string installationId, DateTimeOffset now)
    {
        if (facts.Seats.Count == 0)
        {
            return null;
        }

        var start = StartOf(meeting, now);
        var length = facts.Seats.Max(seat => seat.End) - start;

        return new MeetingContent
        {
            Topic = Cut(MeetingTopic.Of(facts), MeetingContent.TopicMaxLength),
            Start = start,
            DurationMinutes = (int)Math.Clamp(Math.Ceiling(length.TotalMinutes), 1, LongestMinutes),
            TimeZone = facts.TimeZone,
            Agenda = Cut($"{new MeetingMarker(installationId, meeting.Id)}\n{facts.Description}".TrimEnd(), AgendaMaxLength),
            Settings = facts.Settings,
        };
    }

    // A meeting that has begun keeps its original start. One created late starts at the next whole minute.
    private static DateTimeOffset StartOf(SlotMeeting meeting, DateTimeOffset now) => (HasBegun: meeting.Start <= now, meeting.Known) switch
    {
        { HasBegun: false } => meeting.Start,
        { Known: { } known } => known.Start,
        _ => new DateTimeOffset(now.UtcTicks - now.UtcTicks % Minute.Ticks, TimeSpan.Zero) + Minute,
    };

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
}
