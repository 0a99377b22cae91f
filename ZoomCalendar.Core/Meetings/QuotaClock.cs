using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The quota's day at one moment. The day turns at 00:00 UTC by Zoom's clock, estimated from the dates of Zoom's answers. Around midnight
/// no counted request may be sent, so that no request is counted on one day and arrives on another.
/// </summary>
public sealed record QuotaClock
{
    /// <summary>The request time-out, plus the unknown part of the clocks' difference.</summary>
    private static readonly TimeSpan BeforeMidnight = TimeSpan.FromSeconds(15 + 5);
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _midnight;

    /// <param name="now">The present by our clock.</param>
    /// <param name="zoomAhead">Zoom's clock minus ours.</param>
    public QuotaClock(DateTimeOffset now, TimeSpan zoomAhead)
    {
        Now = now;
        ZoomAhead = zoomAhead;
        ZoomNow = now + zoomAhead;
        _midnight = new DateTimeOffset(ZoomNow.UtcDateTime.Date, TimeSpan.Zero);
    }

    /// <summary>The present by our clock.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Zoom's clock minus ours.</summary>
    public TimeSpan ZoomAhead { get; }

    /// <summary>The present by Zoom's clock.</summary>
    public DateTimeOffset ZoomNow { get; }

    /// <summary>The UTC day by Zoom's clock.</summary>
    public DateOnly Day => DateOnly.FromDateTime(_midnight.UtcDateTime);

    /// <summary>The next 00:00 UTC.</summary>
    public DateTimeOffset DayEnds => _midnight.AddDays(1);

    /// <summary>Counted requests may be sent now.</summary>
    public bool IsOpen => ZoomNow >= _midnight + AfterMidnight && ZoomNow + BeforeMidnight <= DayEnds;

    /// <summary>When counted requests may be sent again if they may not now, by our clock.</summary>
    public DateTimeOffset OpensAt => (ZoomNow < _midnight + AfterMidnight ? _midnight : DayEnds) + AfterMidnight - ZoomAhead;

    /// <summary>When the next day's requests may be sent, by our clock.</summary>
    public DateTimeOffset NextDayOpensAt => DayEnds + AfterMidnight - ZoomAhead;

    /// <summary>The later of the two clocks.</summary>
    public DateTimeOffset Latest => ZoomNow > Now ? ZoomNow : Now;

    /// <summary>
    /// The <c>Date</c> of an answer from Zoom itself; null for others. A gateway in front of Zoom may have another clock, and its errors
    /// carry neither an error code nor a tracking id.
    /// </summary>
    public static DateTimeOffset? DateOf<T>(ZoomResult<T> result) =>
        result is ZoomResult<T>.Failed { Error: { Code: null, TrackingId: null } } ? null : result.ServerDate;

    /// <summary>
    /// Updates the clock difference from an answer. The <c>Date</c> header has a resolution of one second and was written between sending
    /// and receiving, so it only bounds the difference. A known difference within the bounds is kept.
    /// </summary>
    public static TimeSpan EstimateOffset(TimeSpan known, DateTimeOffset? serverDate, DateTimeOffset sent, DateTimeOffset received)
    {
        if (serverDate is not { } date)
        {
            return known;
        }

        var (least, most) = (date - received, date.AddSeconds(1) - sent);
        return known < least ? least : known > most ? most : known;
    }
}
