using System.Text.RegularExpressions;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The content of a create or update request. Topic and agenda are shortened to Zoom's limits, the duration is clamped, and a passcode that
/// Zoom would reject is left out: Zoom then generates one. Do not create a meeting with a start in the past: Zoom silently changes it to
/// now.
/// </summary>
public sealed partial record MeetingRequest
{
    public const int MaxTopicLength = 200;
    public const int MaxAgendaLength = 2000;
    public const int MaxDurationMinutes = 1440;

    public MeetingRequest(
        string topic,
        DateTimeOffset? startTime,
        int durationMinutes,
        string timeZone,
        string agenda,
        string? password,
        ZoomMeetingSettings settings)
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

    /// <summary>Sent in whole seconds. Null: the start is not changed (for an update of a meeting that has begun).</summary>
    public DateTimeOffset? StartTime { get; }

    public int DurationMinutes { get; }

    /// <summary>IANA id. Zoom uses it for display only.</summary>
    public string TimeZone { get; }

    public string Agenda { get; }

    /// <summary>Null: Zoom generates one on create and keeps it on update.</summary>
    public string? Password { get; }

    public ZoomMeetingSettings Settings { get; }

    /// <summary>True for 1 to 10 letters, digits and <c>@ - _ *</c>. A settings screen should require this.</summary>
    public static bool IsAcceptablePassword(string password) => Acceptable().IsMatch(password);

    // Titles and passcodes must not be logged.
    public override string ToString() => $"{nameof(MeetingRequest)} {{ {StartTime:u}, {DurationMinutes} min }}";

    [GeneratedRegex(@"\A[A-Za-z0-9@_*-]{1,10}\z")]
    private static partial Regex Acceptable();
}
