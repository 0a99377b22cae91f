using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Maps a meeting's content to the requests of Zoom's client.</summary>
internal static class MeetingRequestMapper
{
    public static MeetingRequest Create(MeetingContent content) => Of(content, content.Start, content.Settings.Passcode);

    /// <summary>
    /// An update leaves out a start in the past, and a passcode that was sent before: the host may have changed it in Zoom since, and
    /// bookers have its link.
    /// </summary>
    public static MeetingRequest Update(MeetingContent content, MeetingContent? known, DateTimeOffset now) =>
        Of(content, content.Start > now ? content.Start : null, PasscodeChanges(content, known) ? content.Settings.Passcode : "");

    /// <summary>The calendar's passcode differs from the one sent last.</summary>
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
