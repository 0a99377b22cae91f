using System.Text.Json.Nodes;

namespace ZoomCalendar.Sandbox;

public sealed record SandboxMeeting
{
    public required long Id { get; init; }

    public required string Uuid { get; init; }

    public required string HostId { get; init; }

    public required string HostEmail { get; init; }

    public required string Topic { get; init; }

    public int Type { get; init; } = 2;

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>In minutes.</summary>
    public required int Duration { get; init; }

    public required string Timezone { get; init; }

    public string Agenda { get; init; } = "";

    public required string Password { get; init; }

    public required string JoinUrl { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Created on the sandbox's own page, not by the app.</summary>
    public bool ManualChanges { get; init; }

    /// <summary>Zoom's meeting settings as they are answered. Replaced as a whole, never changed in place.</summary>
    public required JsonObject Settings { get; init; }
}
