using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Once a day: what is in the Zoom account against what should be. It decides little itself: doubtful rows are asked to look, what is
/// still there is made unwanted again, provable twins are deleted. Anything else with a marker is reported and left alone.
/// </summary>
internal sealed class AccountSweep(ReconcilerServices shop, RequestSender sender)
{
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(15);

    /// <summary>Meetings about to begin leave the list of upcoming ones.</summary>
    private static readonly TimeSpan AboutToBegin = TimeSpan.FromMinutes(5);

    public static bool IsDue(ZoomAccount account, DateTimeOffset now) => account.LastSweptAt is not { } last || last + Interval <= now;

    public async Task SweepAsync(AccountSnapshot desk, AccessToken token, CancellationToken cancellationToken)
    {
        var key = desk.Account!.Key;
        var sent = shop.Now;
        var result = await shop.ReadAsync(key, token, zoom => shop.Zoom.ListUpcomingMeetingsAsync(zoom, CancellationToken.None), cancellationToken);
        var clock = new QuotaClock(shop.Now, QuotaClock.Learn(desk.Clock.ZoomAhead, QuotaClock.DateOf(result), sent, shop.Now));
        if (result is not ZoomResult<UpcomingMeetings>.Ok list)
        {
            await shop.Database.WriteAsync(
                async db =>
                {
                    await AccountErrors.NoteAsync(db, desk.Account, (result as ZoomResult<UpcomingMeetings>.Failed)?.Error, isCounted: false, clock, cancellationToken);
                    await SweptAsync(db, key, clock.Now - Interval + RetryAfter, cancellationToken);
                    return desk;
                },
                cancellationToken);
            return;
        }

        var twins = new List<long>();
        await shop.Database.WriteAsync(
            async db =>
            {
                await AccountErrors.NoteAsync(db, desk.Account, null, isCounted: false, clock, cancellationToken);
                twins = await CompareAsync(db, desk, list.Value, clock, cancellationToken);
                await SweptAsync(db, key, clock.Now, cancellationToken);
                return desk;
            },
            cancellationToken);

        if (twins.Count == 0)
        {
            return;
        }

        // The desk has no count of the day where nothing is due.
        var used = await shop.Database.ReadAsync(db => UsedAsync(db, key, clock.Day, cancellationToken), cancellationToken);
        foreach (var twin in twins.Take(QuotaDay.Limit - shop.QuotaReserve - used))
        {
            await sender.DeleteTwinAsync(desk, twin, token, cancellationToken);
        }
    }

    private static Task<int> UsedAsync(ZoomCalendarContext db, string key, DateOnly day, CancellationToken cancellationToken) =>
        db.QuotaDays.Where(quota => quota.ZoomUserKey == key && quota.Day == day).Select(quota => quota.UsedUp ? QuotaDay.Limit : quota.Used).FirstOrDefaultAsync(cancellationToken);

    /// <returns>Second meetings of ours, to be deleted.</returns>
    private static async Task<List<long>> CompareAsync(ZoomCalendarContext db, AccountSnapshot desk, UpcomingMeetings inZoom, QuotaClock clock, CancellationToken cancellationToken)
    {
        var (now, twins, foreign) = (clock.Now, new List<long>(), 0);
        var marked = inZoom.Meetings.Select(found => (Found: found, Marker: MeetingMarker.In(found.Agenda)!)).Where(pair => pair.Marker is not null).ToList();
        var ids = marked.Where(pair => pair.Marker.InstallationId == desk.InstallationId).Select(pair => pair.Marker.SlotMeetingId).Distinct().ToList();
        var rows = await db.SlotMeetings
            .Where(row => row.ZoomUserKey == desk.Key && row.End > now && (row.State == SlotMeetingState.Live || ids.Contains(row.Id)))
            .ToDictionaryAsync(row => row.Id, cancellationToken);

        foreach (var (found, marker) in marked)
        {
            var row = marker.InstallationId == desk.InstallationId ? rows.GetValueOrDefault(marker.SlotMeetingId) : null;
            switch (row)
            {
                case null:
                    foreign++;
                    break;

                case { CreationUnresolved: true }:
                    // The look that is due decides.
                    break;

                case { } when row.ZoomMeetingId == found.Id:
                    row.StillThere(found.Id, now);
                    break;

                case { } when !row.LostCreations.Any(lost => lost.Fits(found.StartTime, found.CreatedAt, clock.ZoomAhead)):
                    foreign++;
                    break;

                case { State: SlotMeetingState.Dropped, ZoomMeetingId: null }:
                    row.StillThere(found.Id, now);
                    break;

                default:
                    twins.Add(found.Id);
                    break;
            }
        }

        await HideBookersAsync(db, [.. rows.Values.Where(row => row.State is SlotMeetingState.Live && row.Known is not null)], now, cancellationToken);
        var there = inZoom.Meetings.DistinctBy(found => found.Id).ToDictionary(found => found.Id);
        foreach (var row in rows.Values.Where(row => row is { State: SlotMeetingState.Live, InFlight: null, ZoomMeetingId: not null }))
        {
            if (there.TryGetValue(row.ZoomMeetingId!.Value, out var found) ? IsDoubtful(row, found) : inZoom.IsComplete && row.Start > now + AboutToBegin)
            {
                row.AskToLook(now);
            }
        }

        if (foreign > 0)
        {
            await ReportAsync(db, desk.Key!, foreign, now, cancellationToken);
        }

        return twins;
    }

    /// <summary>Meetings made by an earlier version may carry their booker's name as topic: they get the calendar's.</summary>
    private static async Task HideBookersAsync(ZoomCalendarContext db, List<SlotMeeting> live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = live.Select(row => row.Id).ToList();
        var bookers = await db.Appointments.AsNoTracking()
            .Where(row => row.SlotMeetingId != null && ids.Contains(row.SlotMeetingId.Value))
            .Select(row => new { row.SlotMeetingId, row.Booker })
            .ToListAsync(cancellationToken);
        var byMeeting = bookers.ToLookup(row => row.SlotMeetingId, row => row.Booker);
        foreach (var row in live.Where(row => row.FirstChangedAt is null
            && byMeeting[row.Id].Any(booker => MeetingTopic.NamesBooker(row.Known!.Topic, booker.Name, booker.Email, booker.Phone))))
        {
            row.Changed(row.End, now);
        }
    }

    private static bool IsDoubtful(SlotMeeting row, ZoomMeeting found) =>
        (found.JoinUrl is { } link && link.AbsoluteUri != row.JoinUrl) || (row.Known is { } known && MeetingInspector.InZoom(known, found) != known);

    private static async Task ReportAsync(ZoomCalendarContext db, string key, int foreign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var detail = foreign == 1
            ? "One meeting in this Zoom account carries this app's reference but does not belong to any slot here. It was left alone."
            : $"{foreign} meetings in this Zoom account carry this app's reference but do not belong to any slot here. They were left alone.";
        var known = await db.Connections.Where(row => row.ZoomUserKey == key)
            .Select(row => db.Set<Event>().Where(past => past.Kind == EventKind.ForeignMarkerSeen && past.SubAccountId == row.SubAccountId && past.UserId == row.UserId)
                .OrderByDescending(past => past.Id).Select(past => past.Detail).FirstOrDefault())
            .ToListAsync(cancellationToken);

        // Said again only when there is something new to say.
        if (known.Count > 0 && known.Any(last => last != detail))
        {
            await db.AddEventForConnectedAsync(key, EventKind.ForeignMarkerSeen, detail, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static Task<int> SweptAsync(ZoomCalendarContext db, string key, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSweptAt, (DateTimeOffset?)at), cancellationToken);
}
