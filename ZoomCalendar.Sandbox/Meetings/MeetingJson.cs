using System.Globalization;
using System.Text.Json;
using ZoomCalendar.Sandbox.State;
using ZoomCalendar.Sandbox.Webhooks;

namespace ZoomCalendar.Sandbox.Meetings;

/// <summary>A meeting as create and get return it, with a start link valid for two hours.</summary>
internal sealed class MeetingJson(PublicAddress address, SandboxClock clock, SandboxOptions options)
{
    private static readonly TimeSpan StartLinkLifetime = TimeSpan.FromHours(2);

    public string Full(SandboxMeeting meeting) =>
        JsonSerializer.Serialize(
            new
            {
                meeting.Uuid,
                meeting.Id,
                meeting.HostId,
                meeting.HostEmail,
                meeting.Topic,
                meeting.Type,
                Status = "waiting",
                StartTime = SandboxJson.Instant(meeting.StartTime),
                meeting.Duration,
                meeting.Timezone,
                meeting.Agenda,
                CreatedAt = SandboxJson.Instant(meeting.CreatedAt),
                StartUrl = StartUrl(meeting),
                meeting.JoinUrl,
                meeting.Password,
                H323Password = meeting.Password,
                PstnPassword = meeting.Password,
                EncryptedPassword = meeting.JoinUrl[(meeting.JoinUrl.IndexOf("?pwd=", StringComparison.Ordinal) + 5)..],
                meeting.Settings,
                PreSchedule = false,
            },
            SandboxJson.Zoom);

    public bool IsGoodStart(long id, string? zak) =>
        zak?.Split('.') is [var seconds, var signature]
        && long.TryParse(seconds, CultureInfo.InvariantCulture, out var until)
        && until > clock.Now.ToUnixTimeSeconds()
        && signature == Sign(id, until);

    private string StartUrl(SandboxMeeting meeting)
    {
        var until = (clock.Now + StartLinkLifetime).ToUnixTimeSeconds();
        return $"{address.Base}s/{meeting.Id}?zak={until}.{Sign(meeting.Id, until)}";
    }

    private string Sign(long id, long until) => WebhookSignature.Hash(options.ClientSecret, $"{id}|{until}");
}
