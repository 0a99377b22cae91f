namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The requests of one Zoom user on one UTC day, for all processes. Changed only by conditional UPDATE statements. The row is kept under
/// the keyed hash of the Zoom user id, so it outlives disconnection and erasure until the day is over.
/// </summary>
public sealed class QuotaDay
{
    /// <summary>Zoom's limit of requests that create, update or delete meetings, per user and day.</summary>
    public const int Limit = 100;

    /// <summary>The keyed hash of the Zoom user id.</summary>
    public required string ZoomUserKey { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Requests counted before they were sent. A check constraint limits it to <see cref="Limit"/>.</summary>
    public int Used { get; init; }

    /// <summary>
    /// Zoom reported that the day's requests are used up; other apps count too. Nothing more is sent today, whatever <see cref="Used"/> is.
    /// </summary>
    public bool UsedUp { get; init; }

    /// <summary>The warning at 80 requests was given today.</summary>
    public bool NearTold { get; init; }

    /// <summary>The notice that the requests are used up was given today.</summary>
    public bool UsedUpTold { get; init; }
}
