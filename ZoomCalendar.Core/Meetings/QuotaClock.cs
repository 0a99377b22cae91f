using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The quota's day at one moment: it turns at 00:00 UTC by Zoom's clock, as far as Zoom's last answers tell it.
/// Around midnight there is a gap in which nothing counted may leave, so that no request is counted on one day and lands on another.
/// </summary>
public sealed record QuotaClock
{
    /// <summary>The longest that a request may be on its way, and what the clocks may differ by unknown to us.</summary>
    private static readonly TimeSpan BeforeMidnight = TimeSpan.FromSeconds(15 + 5);
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _midnight;

    /// <param name="now">By our clock.</param>
    /// <param name="zoomAhead">Zoom's clock minus ours.</param>
    public QuotaClock(DateTimeOffset now, TimeSpan zoomAhead)
    {
        Now = now;
        ZoomAhead = zoomAhead;
        ZoomNow = now + zoomAhead;
        _midnight = new DateTimeOffset(ZoomNow.UtcDateTime.Date, TimeSpan.Zero);
    }

    public DateTimeOffset Now { get; }

    public TimeSpan ZoomAhead { get; }

    public DateTimeOffset ZoomNow { get; }

    public DateOnly Day => DateOnly.FromDateTime(_midnight.UtcDateTime);

    /// <summary>The next 00:00 UTC.</summary>
    public DateTimeOffset DayEnds => _midnight.AddDays(1);

    public bool IsOpen => ZoomNow >= _midnight + AfterMidnight && ZoomNow + BeforeMidnight <= DayEnds;

    /// <summary>By our clock: when counted requests may leave again if they may not now.</summary>
    public DateTimeOffset OpensAt => (ZoomNow < _midnight + AfterMidnight ? _midnight : DayEnds) + AfterMidnight - ZoomAhead;

    /// <summary>By our clock: when the next day's requests may leave.</summary>
    public DateTimeOffset NextDayOpensAt => DayEnds + AfterMidnight - ZoomAhead;

    /// <summary>The later of the two clocks.</summary>
    public DateTimeOffset Latest => ZoomNow > Now ? ZoomNow : Now;

    /// <summary>Zoom's own word only: a gateway before it may answer with any clock, but neither with a code nor with a tracking id.</summary>
    public static DateTimeOffset? DateOf<T>(ZoomResult<T> result) =>
        result is ZoomResult<T>.Failed { Error: { Code: null, TrackingId: null } } ? null : result.ServerDate;

    /// <summary>
    /// What an answer tells of Zoom's clock. Its <c>Date</c> is cut to the second and was written somewhere between sending and receiving,
    /// so it only narrows the range in which the difference lies: a known difference within that range stays as it is.
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
