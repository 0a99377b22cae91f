using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Compares the Zoom account's upcoming meetings with the database once a day. Doubtful meetings are read again, dropped meetings that are
/// still in Zoom become unwanted, and provable duplicates are deleted. Other meetings with a marker are reported and left alone.
/// </summary>
internal sealed class AccountSweep(ReconcilerServices services, RequestSender sender)
{
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(15);

    /// <summary>Zoom's list of upcoming meetings leaves out meetings that are about to begin.</summary>
    private static readonly TimeSpan AboutToBegin = TimeSpan.FromMinutes(5);

    public static bool IsDue(ZoomAccount account, DateTimeOffset now) => account.LastSweptAt is not { } last || last + Interval <= now;

    public async Task SweepAsync(AccountSnapshot snapshot, AccessToken token, CancellationToken cancellationToken)
    {
        var key = snapshot.Account!.Key;
        var sent = services.Now;
        var result = await services.ReadAsync(
            key, token, zoom => services.Zoom.ListUpcomingMeetingsAsync(zoom, CancellationToken.None), cancellationToken);
        var clock = new QuotaClock(
            services.Now, QuotaClock.EstimateOffset(snapshot.Clock.ZoomAhead, QuotaClock.DateOf(result), sent, services.Now));
        if (result is not ZoomResult<UpcomingMeetings>.Ok list)
        {
            await services.Database.WriteAsync(
                async db =>
                {
                    await AccountErrors.RecordAsync(
                        db,
                        snapshot.Account,
                        (result as ZoomResult<UpcomingMeetings>.Failed)?.Error,
                        isCounted: false,
                        clock,
                        cancellationToken);
                    await SweptAsync(db, key, clock.Now - Interval + RetryAfter, cancellationToken);
                    return snapshot;
                },
                cancellationToken);
            return;
        }

        var duplicates = new List<long>();
        await services.Database.WriteAsync(
            async db =>
            {
                await AccountErrors.RecordAsync(db, snapshot.Account, null, isCounted: false, clock, cancellationToken);
                duplicates = await CompareAsync(db, snapshot, list.Value, clock, cancellationToken);
                await SweptAsync(db, key, clock.Now, cancellationToken);
                return snapshot;
            },
            cancellationToken);

        if (duplicates.Count == 0)
        {
            return;
        }

        // The snapshot has no quota row if nothing was due.
        var used = await services.Database.ReadAsync(db => UsedAsync(db, key, clock.Day, cancellationToken), cancellationToken);
        foreach (var duplicate in duplicates.Take(QuotaDay.Limit - services.QuotaReserve - used))
        {
            await sender.DeleteDuplicateAsync(snapshot, duplicate, token, cancellationToken);
        }
    }

    private static Task<int> UsedAsync(ZoomCalendarContext db, string key, DateOnly day, CancellationToken cancellationToken) =>
        db.QuotaDays.Where(quota => quota.ZoomUserKey == key && quota.Day == day)
            .Select(quota => quota.UsedUp ? QuotaDay.Limit : quota.Used).FirstOrDefaultAsync(cancellationToken);

    /// <returns>The Zoom ids of our duplicate meetings, to be deleted.</returns>
    private static async Task<List<long>> CompareAsync(
        ZoomCalendarContext db, AccountSnapshot snapshot, UpcomingMeetings inZoom, QuotaClock clock, CancellationToken cancellationToken)
    {
        var (now, duplicates, foreign) = (clock.Now, new List<long>(), 0);
        var marked = inZoom.Meetings.Select(found => (Found: found, Marker: MeetingMarker.Parse(found.Agenda)!))
            .Where(pair => pair.Marker is not null).ToList();
        var ids = marked.Where(pair => pair.Marker.InstallationId == snapshot.InstallationId).Select(pair => pair.Marker.SlotMeetingId)
            .Distinct().ToList();
        var rows = await db.SlotMeetings
            .Where(row => row.ZoomUserKey == snapshot.Key && row.End > now && (row.State == SlotMeetingState.Live || ids.Contains(row.Id)))
            .ToDictionaryAsync(row => row.Id, cancellationToken);

        foreach (var (found, marker) in marked)
        {
            var row = marker.InstallationId == snapshot.InstallationId ? rows.GetValueOrDefault(marker.SlotMeetingId) : null;
            switch (row)
            {
                case null:
                    foreign++;
                    break;

                case { CreationUnresolved: true }:
                    // The pending read decides.
                    break;

                case { } when row.ZoomMeetingId == found.Id:
                    row.RecordStillInZoom(found.Id, now);
                    break;

                case { } when !row.LostCreations.Any(lost => lost.Matches(found.StartTime, found.CreatedAt, clock.ZoomAhead)):
                    foreign++;
                    break;

                case { State: SlotMeetingState.Dropped, ZoomMeetingId: null }:
                    row.RecordStillInZoom(found.Id, now);
                    break;

                default:
                    duplicates.Add(found.Id);
                    break;
            }
        }

        await HideBookersAsync(
            db, [.. rows.Values.Where(row => row.State is SlotMeetingState.Live && row.Known is not null)], now, cancellationToken);
        var there = inZoom.Meetings.DistinctBy(found => found.Id).ToDictionary(found => found.Id);
        foreach (var row in rows.Values.Where(row => row is { State: SlotMeetingState.Live, InFlight: null, ZoomMeetingId: not null }))
        {
            if (there.TryGetValue(row.ZoomMeetingId!.Value, out var found) ? IsDoubtful(row, found) : inZoom.IsComplete
                && row.Start > now + AboutToBegin)
            {
                row.RequestInspection(now);
            }
        }

        if (foreign > 0)
        {
            await ReportAsync(db, snapshot.Key!, foreign, now, cancellationToken);
        }

        return duplicates;
    }

    /// <summary>
    /// Meetings created by an earlier version may have the booker's name as topic. They get an update with the calendar's name.
    /// </summary>
    private static async Task HideBookersAsync(
        ZoomCalendarContext db, List<SlotMeeting> live, DateTimeOffset now, CancellationToken cancellationToken)
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
            row.ContentChanged(row.End, now);
        }
    }

    private static bool IsDoubtful(SlotMeeting row, ZoomMeeting found) =>
        (found.JoinUrl is { } link && link.AbsoluteUri != row.JoinUrl)
            || (row.Known is { } known && MeetingInspector.AsInZoom(known, found) != known);

    private static async Task ReportAsync(
        ZoomCalendarContext db, string key, int foreign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var detail = foreign == 1
            ? "One meeting in this Zoom account carries this app's reference but does not belong to any slot here. It was left alone."
            : $"{foreign} meetings in this Zoom account carry this app's reference but do not belong to any slot here. They were "
                + "left alone.";
        var known = await db.Connections.Where(row => row.ZoomUserKey == key)
            .Select(row => db.Set<Event>().Where(
                past => past.Kind == EventKind.ForeignMarkerSeen && past.SubAccountId == row.SubAccountId && past.UserId == row.UserId)
                .OrderByDescending(past => past.Id).Select(past => past.Detail).FirstOrDefault())
            .ToListAsync(cancellationToken);

        // Reported again only if the number changed.
        if (known.Count > 0 && known.Any(last => last != detail))
        {
            await db.AddEventForConnectedAsync(key, EventKind.ForeignMarkerSeen, detail, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static Task<int> SweptAsync(ZoomCalendarContext db, string key, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSweptAt, (DateTimeOffset?)at), cancellationToken);
}
