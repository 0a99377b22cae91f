namespace ZoomCalendar.Core.Meetings;

/// <summary>What Zoom should be told of a slot's meeting. Derived each time it is needed, never stored.</summary>
public static class DesiredContent
{
    private const int AgendaMaxLength = 2_000;
    private const int LongestMinutes = 1_440;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Null: no active appointment wants a meeting.</summary>
    /// <param name="meeting">The slot's row.</param>
    /// <param name="facts">The calendar and the slot's appointments.</param>
    /// <param name="installationId">Ours, for the marker.</param>
    /// <param name="now">The later of our clock and Zoom's: what is past for either is never sent.</param>
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

    // A meeting that has begun keeps the start it was made with; one that is made late starts at the next whole minute.
    private static DateTimeOffset StartOf(SlotMeeting meeting, DateTimeOffset now) => (HasBegun: meeting.Start <= now, meeting.Known) switch
    {
        { HasBegun: false } => meeting.Start,
        { Known: { } known } => known.Start,
        _ => new DateTimeOffset(now.UtcTicks - now.UtcTicks % Minute.Ticks, TimeSpan.Zero) + Minute,
    };

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
}
