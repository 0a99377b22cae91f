using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// The user went to Zoom to connect, and no answer has come back: Zoom sends nobody back who may only request the approval of
/// their Zoom account's admin. One row for each user and sub-account; forgotten when an answer comes, or quietly after a week.
/// </summary>
public sealed class ConnectAttempt
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public DateTimeOffset StartedAt { get; set; }
}
