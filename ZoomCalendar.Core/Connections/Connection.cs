using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Connections;

/// <summary>A user's profile in one sub-account tied to a Zoom account. Disconnecting removes the row.</summary>
public sealed class Connection
{
    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public required string ZoomUserKey { get; set; }

    public DateTimeOffset ConnectedAt { get; set; }

    /// <summary>The user asked to disconnect as soon as the deletions that wait have been sent; null: they did not.</summary>
    public DateTimeOffset? EndAskedAt { get; set; }
}
