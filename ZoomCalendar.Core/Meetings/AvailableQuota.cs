namespace ZoomCalendar.Core.Meetings;

/// <summary>The requests that one Zoom user may still send today, and how many are wanted.</summary>
/// <param name="Clock">The quota's day.</param>
/// <param name="Used">Requests counted today.</param>
/// <param name="UsedUp">Zoom reported that the day's requests are used up.</param>
/// <param name="Waiting">Counted requests that could be sent now.</param>
/// <param name="Reserve">Requests kept for creations and for meetings that start today.</param>
public sealed record AvailableQuota(QuotaClock Clock, int Used, bool UsedUp, int Waiting, int Reserve)
{
    /// <summary>The account's consecutive failed requests; null if its last counted request succeeded.</summary>
    public AccountFailures? AccountFailures { get; init; }

    /// <summary>The requests left today.</summary>
    public int Left => UsedUp ? 0 : Math.Max(0, QuotaDay.Limit - Used);

    /// <summary>Fewer requests are left than are wanted or reserved, so those that may wait do.</summary>
    public bool IsScarce => Left < Waiting || Left < Reserve;
}

/// <summary>Consecutive failures of an account's counted requests.</summary>
/// <param name="Count">Their number.</param>
/// <param name="Since">The time of the latest, by our clock.</param>
/// <param name="Reason">The reason given to the meetings that wait.</param>
public sealed record AccountFailures(int Count, DateTimeOffset Since, WaitingFor Reason);
