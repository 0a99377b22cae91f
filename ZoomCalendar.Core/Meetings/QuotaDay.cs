namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The requests of one Zoom user on one UTC day, for all processes together. Changed only by conditional UPDATEs.
/// It is kept under the keyed hash, so it outlives disconnection and erasure until the day is over.
/// </summary>
public sealed class QuotaDay
{
    public const int Limit = 100;

    public required string ZoomUserKey { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Counted before they leave; a check constraint holds it at <see cref="Limit"/>.</summary>
    public int Used { get; init; }

    /// <summary>Zoom said that the day is used up (other apps count too): nothing more leaves today, whatever we counted.</summary>
    public bool UsedUp { get; init; }

    /// <summary>The warning at 80 was given; once a day.</summary>
    public bool NearTold { get; init; }

    /// <summary>That the day is used up was said; once a day.</summary>
    public bool UsedUpTold { get; init; }
}
