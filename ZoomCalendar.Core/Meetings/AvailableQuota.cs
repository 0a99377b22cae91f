namespace ZoomCalendar.Core.Meetings;

/// <summary>What one Zoom user may still send today, and how many requests want to.</summary>
/// <param name="Clock">The day.</param>
/// <param name="Used">Counted today.</param>
/// <param name="UsedUp">Zoom said so.</param>
/// <param name="Waiting">Counted requests that could leave now.</param>
/// <param name="Reserve">Kept for creations and for what starts today.</param>
public sealed record AvailableQuota(QuotaClock Clock, int Used, bool UsedUp, int Waiting, int Reserve)
{
    /// <summary>The account's last counted requests failed; null: the last one did not.</summary>
    public AccountFailures? AccountFailures { get; init; }

    public int Left => UsedUp ? 0 : Math.Max(0, QuotaDay.Limit - Used);

    public bool IsScarce => Left < Waiting || Left < Reserve;
}

/// <summary>An account whose counted requests fail.</summary>
/// <param name="Count">In a row.</param>
/// <param name="Since">The last of them, by our clock.</param>
/// <param name="Reason">What it says to whoever has to wait for it.</param>
public sealed record AccountFailures(int Count, DateTimeOffset Since, WaitingFor Reason);
