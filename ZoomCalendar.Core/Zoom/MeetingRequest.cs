using System.Text.RegularExpressions;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A meeting as Zoom is to have it. Topic and agenda are cut to what Zoom takes, the duration is brought into its bounds, and a
/// passcode that Zoom would not take is left out: Zoom then makes one, and the meeting comes about all the same.
/// A start in the past must not be sent with a create: Zoom would silently make it "now".
/// </summary>
public sealed partial record MeetingRequest
{
    public const int MaxTopicLength = 200;
    public const int MaxAgendaLength = 2000;
    public const int MaxDurationMinutes = 1440;

    public MeetingRequest(string topic, DateTimeOffset? startTime, int durationMinutes, string timeZone, string agenda, string? password, ZoomMeetingSettings settings)
    {
        Topic = ZoomText.Cut(topic, MaxTopicLength);
        StartTime = startTime?.ToUniversalTime();
        DurationMinutes = Math.Clamp(durationMinutes, 1, MaxDurationMinutes);
        TimeZone = timeZone;
        Agenda = ZoomText.Cut(agenda, MaxAgendaLength);
        Password = password is not null && IsAcceptablePassword(password) ? password : null;
        Settings = settings;
    }

    public string Topic { get; }

    /// <summary>Sent to the second; a fraction is dropped. Null: left as it is (an update of a meeting that has begun).</summary>
    public DateTimeOffset? StartTime { get; }

    public int DurationMinutes { get; }

    /// <summary>An IANA id, for display only.</summary>
    public string TimeZone { get; }

    public string Agenda { get; }

    /// <summary>Null: Zoom chooses on create and leaves it alone on update.</summary>
    public string? Password { get; }

    public ZoomMeetingSettings Settings { get; }

    /// <summary>1 to 10 characters out of letters, digits and <c>@ - _ *</c>: what a settings screen should insist on.</summary>
    public static bool IsAcceptablePassword(string password) => Acceptable().IsMatch(password);

    // Titles and passcodes are nobody's business in a log.
    public override string ToString() => $"{nameof(MeetingRequest)} {{ {StartTime:u}, {DurationMinutes} min }}";

    [GeneratedRegex(@"\A[A-Za-z0-9@_*-]{1,10}\z")]
    private static partial Regex Acceptable();
}
