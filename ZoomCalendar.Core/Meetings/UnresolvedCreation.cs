namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// A creation without an answer that a read did not find. If a meeting that matches appears later, this record proves that it is ours.
/// Stored as JSON.
/// </summary>
/// <param name="SentAt">When it was sent, by our clock.</param>
/// <param name="MeetingStart">The meeting's start that was, or may have been, sent.</param>
/// <param name="Until">
/// Null: it was sent at <paramref name="SentAt"/>. Otherwise the database that a backup replaced may have sent it at any time up to then.
/// </param>
public sealed record UnresolvedCreation(DateTimeOffset SentAt, DateTimeOffset MeetingStart, DateTimeOffset? Until = null)
{
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <summary>Whether a meeting in Zoom can be the result of this creation.</summary>
    /// <param name="start">The meeting's start in Zoom.</param>
    /// <param name="createdAt">The meeting's creation by Zoom's clock.</param>
    /// <param name="zoomAhead">Zoom's clock minus ours.</param>
    public bool Matches(DateTimeOffset? start, DateTimeOffset? createdAt, TimeSpan zoomAhead)
    {
        var sent = SentAt + zoomAhead;
        return start is { } at && (at - MeetingStart).Duration() < TimeSpan.FromSeconds(1)
            && createdAt is { } created && created >= sent - ClockError && created <= (Until ?? SentAt) + zoomAhead + LongestDelay;
    }
}
