using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>A Zoom user's day for people to read.</summary>
/// <param name="Day">The UTC day by Zoom's clock.</param>
/// <param name="Used">Requests counted today.</param>
/// <param name="UsedUp">Nothing more leaves today: a hundred are counted, or Zoom said so.</param>
/// <param name="Left">Requests left today.</param>
/// <param name="Waiting">Changes that Zoom does not know of yet, on their way or waiting for the reset.</param>
/// <param name="AtReset">How many of those go out when the day turns.</param>
/// <param name="ResetsAt">The next 00:00 UTC; shown in UTC and in the reader's own zone.</param>
/// <param name="LastSevenDays">Today and the six days before, the oldest first.</param>
public sealed record QuotaStatus(
    DateOnly Day, int Used, bool UsedUp, int Left, int Waiting, int AtReset, DateTimeOffset ResetsAt, IReadOnlyList<QuotaStatus.UsedOn> LastSevenDays)
{
    /// <summary>Zoom said that nothing is left although this app sent fewer than a hundred: other programs use the Zoom account too.</summary>
    public bool IsUsedUpElsewhere => UsedUp && Used < QuotaDay.Limit;

    /// <summary>What may wait for the reset waits.</summary>
    public bool IsScarce { get; init; }

    /// <summary>"12 waiting, 9 go at 00:00 UTC"; empty if nothing waits.</summary>
    public string Forecast => (Waiting, AtReset) switch
    {
        (0, _) => "",
        (_, 0) => $"{Waiting} waiting",
        _ => $"{Waiting} waiting, {AtReset} {(AtReset == 1 ? "goes" : "go")} at 00:00 UTC",
    };

    public sealed record UsedOn(DateOnly Day, int Used);
}

public sealed class QuotaStatusReader(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<ZoomOptions>? options = null)
{
    private const int Days = 7;

    public async Task<QuotaStatus> ReadAsync(string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zoomAhead = await db.ZoomAccounts.Where(account => account.Key == zoomUserKey).Select(account => account.ClockOffset).FirstOrDefaultAsync(cancellationToken);
        var clock = new QuotaClock(now, zoomAhead);
        var oldest = clock.Day.AddDays(1 - Days);
        var days = await db.QuotaDays.AsNoTracking()
            .Where(quota => quota.ZoomUserKey == zoomUserKey && quota.Day >= oldest)
            .ToDictionaryAsync(quota => quota.Day, cancellationToken);

        var pending = await db.SlotMeetings
            .Where(meeting => meeting.ZoomUserKey == zoomUserKey && meeting.NextActionAt != null && meeting.End > now)
            .Where(meeting => meeting.WaitingFor != WaitingFor.Staff && meeting.WaitingFor != WaitingFor.Refused)
            .Where(meeting => meeting.State == SlotMeetingState.Wanted || meeting.State == SlotMeetingState.Unwanted
                || (meeting.State == SlotMeetingState.Live && meeting.FirstChangedAt != null))
            .Select(meeting => new { meeting.WaitingFor, meeting.End })
            .ToListAsync(cancellationToken);

        var today = days.GetValueOrDefault(clock.Day);
        var used = today?.Used ?? 0;
        var usedUp = used >= QuotaDay.Limit || today is { UsedUp: true };
        var atReset = pending.Count(meeting => meeting.WaitingFor is WaitingFor.Quota && meeting.End > clock.NextDayOpensAt);

        return new QuotaStatus(
            clock.Day,
            used,
            usedUp,
            usedUp ? 0 : QuotaDay.Limit - used,
            pending.Count,
            Math.Min(atReset, QuotaDay.Limit),
            clock.DayEnds,
            [.. Enumerable.Range(0, Days).Select(oldest.AddDays).Select(day => new QuotaStatus.UsedOn(day, days.GetValueOrDefault(day)?.Used ?? 0))])
        {
            IsScarce = new AvailableQuota(clock, used, usedUp, pending.Count, (options?.Value ?? new ZoomOptions()).QuotaReserve).IsScarce,
        };
    }
}
