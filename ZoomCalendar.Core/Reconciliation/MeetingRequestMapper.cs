using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>A meeting's content in the words of Zoom's client.</summary>
internal static class MeetingRequestMapper
{
    public static MeetingRequest Create(MeetingContent content) => Of(content, content.Start, content.Settings.Passcode);

    /// <summary>A start that is past is left out, and so is a passcode that is ours already: the host may have changed it in Zoom, and its link is out.</summary>
    public static MeetingRequest Update(MeetingContent content, MeetingContent? known, DateTimeOffset now) =>
        Of(content, content.Start > now ? content.Start : null, PasscodeChanges(content, known) ? content.Settings.Passcode : "");

    public static bool PasscodeChanges(MeetingContent content, MeetingContent? known) =>
        content.Settings.Passcode.Length > 0 && content.Settings.Passcode != known?.Settings.Passcode;

    private static MeetingRequest Of(MeetingContent content, DateTimeOffset? start, string passcode) => new(
        content.Topic,
        start,
        content.DurationMinutes,
        content.TimeZone,
        content.Agenda,
        passcode.Length == 0 ? null : passcode,
        new ZoomMeetingSettings
        {
            WaitingRoom = content.Settings.WaitingRoom,
            JoinBeforeHost = content.Settings.JoinBeforeHost,
            MuteUponEntry = content.Settings.MuteUponEntry,
            AutoRecording = content.Settings.Recording switch
            {
                Recording.Local => AutoRecording.Local,
                Recording.Cloud => AutoRecording.Cloud,
                _ => AutoRecording.None,
            },
        });
}
