using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>The quota of one Zoom user today, as shown to users.</summary>
/// <param name="Day">The UTC day by Zoom's clock.</param>
/// <param name="Used">Requests counted today.</param>
/// <param name="UsedUp">Nothing more is sent today: all requests are counted, or Zoom reported that they are used up.</param>
/// <param name="Left">Requests left today.</param>
/// <param name="Waiting">Changes not yet in Zoom, in flight or waiting for the reset.</param>
/// <param name="AtReset">How many of <paramref name="Waiting"/> are sent after the reset.</param>
/// <param name="ResetsAt">The next 00:00 UTC.</param>
/// <param name="LastSevenDays">Today and the six days before, oldest first.</param>
public sealed record QuotaStatus(
    DateOnly Day,
    int Used,
    bool UsedUp,
    int Left,
    int Waiting,
    int AtReset,
    DateTimeOffset ResetsAt,
    IReadOnlyList<QuotaStatus.UsedOn> LastSevenDays)
{
    /// <summary>Zoom reported the day as used up although this app sent fewer requests: other programs use the Zoom account too.</summary>
    public bool IsUsedUpElsewhere => UsedUp && Used < QuotaDay.Limit;

    /// <summary>Requests are scarce, so those that may wait for the reset do.</summary>
    public bool IsScarce { get; init; }

    /// <summary>For example "12 waiting, 9 go at 00:00 UTC"; empty if nothing waits.</summary>
    public string Forecast => (Waiting, AtReset) switch
    {
        (0, _) => "",
        (_, 0) => $"{Waiting} waiting",
        _ => $"{Waiting} waiting, {AtReset} {(AtReset == 1 ? "goes" : "go")} at 00:00 UTC",
    };

    /// <summary>The requests used on one UTC day.</summary>
    public sealed record UsedOn(DateOnly Day, int Used);
}

/// <summary>Reads the quota of a Zoom user. Thread-safe.</summary>
public sealed class QuotaStatusReader(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<ZoomOptions>? options = null)
{
    private const int Days = 7;

    /// <summary>Reads today's quota and the last seven days.</summary>
    /// <param name="zoomUserKey">The Zoom account's key.</param>
    /// <param name="now">The present by our clock.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<QuotaStatus> ReadAsync(string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zoomAhead = await db.ZoomAccounts.Where(account => account.Key == zoomUserKey).Select(account => account.ClockOffset)
            .FirstOrDefaultAsync(cancellationToken);
        var clock = new QuotaClock(now, zoomAhead);
        var oldest = clock.Day.AddDays(1 - Days);
        var days = await db.QuotaDays.AsNoTracking()
            .Where(quota => quota.ZoomUserKey == zoomUserKey && quota.Day >= oldest)
            .ToDictionaryAsync(quota => quota.Day, cancellationToken);

        var pending = await Pending(db, zoomUserKey, now)
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
            [.. Enumerable.Range(0, Days).Select(oldest.AddDays).Select(
                day => new QuotaStatus.UsedOn(day, days.GetValueOrDefault(day)?.Used ?? 0))])
        {
            IsScarce = new AvailableQuota(clock, used, usedUp, pending.Count, (options?.Value ?? new ZoomOptions()).QuotaReserve).IsScarce,
        };
    }

    /// <summary>The account's meetings that still need a request, in flight or waiting.</summary>
    internal static IQueryable<SlotMeeting> Pending(ZoomCalendarContext db, string zoomUserKey, DateTimeOffset now) => db.SlotMeetings
        .Where(meeting => meeting.ZoomUserKey == zoomUserKey && meeting.NextActionAt != null && meeting.End > now)
        .Where(meeting => meeting.WaitingFor != WaitingFor.Staff && meeting.WaitingFor != WaitingFor.Refused)
        .Where(meeting => meeting.State == SlotMeetingState.Wanted || meeting.State == SlotMeetingState.Unwanted
            || (meeting.State == SlotMeetingState.Live && meeting.FirstChangedAt != null));
}
