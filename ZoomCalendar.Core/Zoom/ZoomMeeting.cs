using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A meeting as Zoom returns it. Missing values are null. The host's start link is left out on purpose: it is a credential, read when the
/// host clicks (<see cref="ZoomClient.GetStartUrlAsync"/>).
/// </summary>
public sealed record ZoomMeeting(long Id)
{
    public const int UuidMaxLength = 100;
    public const int JoinUrlMaxLength = 1_000;
    public const int PasswordMaxLength = 100;

    private const int WordsMaxLength = 300;
    private const int AgendaMaxLength = 4_000;

    public string? Uuid { get; init; }

    public string? HostId { get; init; }

    public string? Topic { get; init; }

    /// <summary>2 is a scheduled meeting, the only type that we create.</summary>
    public int? Type { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public int? DurationMinutes { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>Lists have only the first 250 characters. Starts with our marker if the meeting is ours.</summary>
    public string? Agenda { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>An https link (or the sandbox's), safe to show on a page. Null: missing or not allowed.</summary>
    public Uri? JoinUrl { get; init; }

    public string? Password { get; init; }

    // Links and passcodes are never logged.
    public override string ToString() => $"{nameof(ZoomMeeting)} {{ {Id} }}";

    /// <summary>Null if it has no id. A value that cannot be stored makes it unreadable: see <see cref="ZoomJson.ExactText"/>.</summary>
    internal static ZoomMeeting? Read(JsonElement body, ZoomLinks links) => ReadCommon(body) is not { } meeting ? null : meeting with
    {
        Uuid = body.ExactText("uuid", UuidMaxLength),
        JoinUrl = body.Link("join_url", JoinUrlMaxLength) is { } link && links.IsAllowedJoinLink(link) ? link : null,
        Password = body.ExactText("password", PasswordMaxLength),
    };

    /// <summary>Reads an entry of a list, which may be any meeting of the user: values that cannot be stored are null.</summary>
    internal static ZoomMeeting? ReadListed(JsonElement body, ZoomLinks links) => ReadCommon(body) is not { } meeting ? null : meeting with
    {
        Uuid = body.ExactTextOrNull("uuid", UuidMaxLength),
        JoinUrl = ListedLink(body) is { } link && links.IsAllowedJoinLink(link) ? link : null,
        Password = body.ExactTextOrNull("password", PasswordMaxLength),
    };

    private static ZoomMeeting? ReadCommon(JsonElement body) => body.Number("id") is not (> 0 and var id) ? null : new(id)
    {
        HostId = body.ShortText("host_id", WordsMaxLength),
        Topic = body.ShortText("topic", WordsMaxLength),
        Type = body.Int32("type"),
        Status = body.ShortText("status", WordsMaxLength),
        StartTime = body.Instant("start_time"),
        DurationMinutes = body.Int32("duration"),
        TimeZone = body.ShortText("timezone", WordsMaxLength),
        Agenda = body.ShortText("agenda", AgendaMaxLength),
        CreatedAt = body.Instant("created_at"),
    };

    private static Uri? ListedLink(JsonElement body)
    {
        try
        {
            return body.Link("join_url", JoinUrlMaxLength);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
