using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Connections;

/// <summary>A connection of a user's profile in one sub-account to a Zoom account. Disconnecting deletes the row.</summary>
public sealed class Connection
{
    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public required string ZoomUserKey { get; set; }

    public DateTimeOffset ConnectedAt { get; set; }

    /// <summary>When the user requested to be disconnected after the pending deletions. Null: not requested.</summary>
    public DateTimeOffset? EndAskedAt { get; set; }
}
