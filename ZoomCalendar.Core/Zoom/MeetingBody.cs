using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>The JSON body of a create or update request for a meeting.</summary>
internal sealed record MeetingBody(
    string Topic,
    int? Type,
    string? StartTime,
    int Duration,
    string Timezone,
    string Agenda,
    string? Password,
    MeetingBody.SettingsBody Settings)
{
    private const int Scheduled = 2;

    public static byte[] ForCreate(MeetingRequest request) => Write(request, Scheduled);

    /// <summary>The type is left out, so an update does not change it.</summary>
    public static byte[] ForUpdate(MeetingRequest request) => Write(request, null);

    private static byte[] Write(MeetingRequest request, int? type) => JsonSerializer.SerializeToUtf8Bytes(
        new MeetingBody(
            request.Topic,
            type,
            request.StartTime is { } start ? ZoomTime.Format(start) : null,
            request.DurationMinutes,
            request.TimeZone,
            request.Agenda,
            request.Password,
            SettingsBody.From(request.Settings)),
        ZoomJson.Writing);

    internal sealed record SettingsBody(
        bool? WaitingRoom,
        bool? JoinBeforeHost,
        int? JbhTime,
        bool? HostVideo,
        bool? ParticipantVideo,
        bool? MuteUponEntry,
        string? AutoRecording,
        string? AlternativeHosts,
        bool? EmailNotification)
    {
        public static SettingsBody From(ZoomMeetingSettings settings)
        {
            var joinBeforeHost = settings.WaitingRoom == true ? false : settings.JoinBeforeHost;

            return new(
                settings.WaitingRoom,
                joinBeforeHost,
                joinBeforeHost == true ? Allowed(settings.JoinBeforeHostMinutes) : null,
                settings.HostVideo,
                settings.ParticipantVideo,
                settings.MuteUponEntry,
                settings.AutoRecording?.ToString().ToLowerInvariant(),
                settings.AlternativeHosts,
                settings.EmailNotification);
        }

        private static int? Allowed(int? minutes) => minutes is 0 or 5 or 10 ? minutes : null;
    }
}
