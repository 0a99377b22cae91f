using System.Text.Json.Nodes;

namespace ZoomCalendar.Sandbox.Meetings;

/// <summary>The meeting fields of a request. Null: not mentioned.</summary>
internal sealed record SandboxMeetingDraft
{
    public string? Topic { get; init; }

    public int? Type { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? Agenda { get; init; }

    public string? Password { get; init; }

    public JsonObject Settings { get; init; } = [];
}
