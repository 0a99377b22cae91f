namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// A creation that was sent, whose outcome was never told, and of which a look found nothing. If it turns up after all, this is
/// the proof that the meeting is ours.
/// </summary>
/// <param name="SentAt">By our clock.</param>
/// <param name="MeetingStart">As it was, or may have been, sent.</param>
/// <param name="Until">Null: it was sent at that moment. Otherwise it may have been sent any time up to then, by the database that a backup replaced.</param>
public sealed record UnresolvedCreation(DateTimeOffset SentAt, DateTimeOffset MeetingStart, DateTimeOffset? Until = null)
{
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <param name="start">The meeting's start, as Zoom has it.</param>
    /// <param name="createdAt">By Zoom's clock.</param>
    /// <param name="zoomAhead">Zoom's clock minus ours.</param>
    public bool Matches(DateTimeOffset? start, DateTimeOffset? createdAt, TimeSpan zoomAhead)
    {
        var sent = SentAt + zoomAhead;
        return start is { } at && (at - MeetingStart).Duration() < TimeSpan.FromSeconds(1)
            && createdAt is { } created && created >= sent - ClockError && created <= (Until ?? SentAt) + zoomAhead + LongestDelay;
    }
}
