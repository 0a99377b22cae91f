using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A meeting as Zoom has it; what Zoom left out is null. The host's start link is not here on purpose: it is a credential,
/// fetched when the host clicks (<see cref="ZoomClient.GetStartUrlAsync"/>).
/// </summary>
public sealed record ZoomMeeting(long Id)
{
    public string? Uuid { get; init; }

    public string? HostId { get; init; }

    public string? Topic { get; init; }

    /// <summary>2 is a scheduled meeting, the only kind we make.</summary>
    public int? Type { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public int? DurationMinutes { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>Cut to 250 characters in a list; begins with our marker if the meeting is ours.</summary>
    public string? Agenda { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>An https address (or the sandbox's): safe to put into a page. Null if Zoom sent none or another kind.</summary>
    public Uri? JoinUrl { get; init; }

    public string? Password { get; init; }

    // Links and passcodes are never logged.
    public override string ToString() => $"{nameof(ZoomMeeting)} {{ {Id} }}";

    internal static ZoomMeeting? Read(JsonElement body, ZoomLinks links) => body.Number("id") is not (> 0 and var id) ? null : new(id)
    {
        Uuid = body.Text("uuid"),
        HostId = body.Text("host_id"),
        Topic = body.Text("topic"),
        Type = body.SmallNumber("type"),
        Status = body.Text("status"),
        StartTime = body.Instant("start_time"),
        DurationMinutes = body.SmallNumber("duration"),
        TimeZone = body.Text("timezone"),
        Agenda = body.Text("agenda"),
        CreatedAt = body.Instant("created_at"),
        JoinUrl = body.Link("join_url") is { } link && links.MayBeJoined(link) ? link : null,
        Password = body.Text("password"),
    };
}
