using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A user started to connect at Zoom, and there is no callback yet. Zoom sends no callback if the user can only request the approval of
/// their Zoom account's admin. One row per user and sub-account, deleted at the callback or after a week.
/// </summary>
public sealed class ConnectAttempt
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public DateTimeOffset StartedAt { get; set; }
}
