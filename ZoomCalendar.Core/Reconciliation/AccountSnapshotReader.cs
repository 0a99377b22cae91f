using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Reads an <see cref="AccountSnapshot"/>.</summary>
internal static class AccountSnapshotReader
{
    /// <param name="db">The database.</param>
    /// <param name="key">The account's key; null for meetings that no account serves.</param>
    /// <param name="now">The present by our clock.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public static async Task<AccountSnapshot> ReadAsync(
        ZoomCalendarContext db, string? key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var installation = await (
            from row in db.Installations.AsNoTracking()
            from account in db.Set<ZoomAccount>().AsNoTracking().Where(account => account.Key == key).DefaultIfEmpty()
            select new { row.InstallationId, Account = account })
            .FirstAsync(cancellationToken);
        var clock = new QuotaClock(now, installation.Account?.ClockOffset ?? TimeSpan.Zero);
        var slots = await SlotsAsync(db, key, now, cancellationToken);
        var today = key is null || slots.Count == 0
            ? null
            : await db.QuotaDays.AsNoTracking()
                .FirstOrDefaultAsync(quota => quota.ZoomUserKey == key && quota.Day == clock.Day, cancellationToken);

        return new AccountSnapshot(key, installation.Account, installation.InstallationId, today, clock, slots);
    }

    /// <summary>The due meetings, and those that wait for the quota: each time it is decided again whether they still have to.</summary>
    private static async Task<IReadOnlyList<SlotSnapshot>> SlotsAsync(
        ZoomCalendarContext db, string? key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from meeting in db.SlotMeetings.AsNoTracking()
            join calendar in db.Calendars on meeting.CalendarId equals calendar.Id
            where meeting.ZoomUserKey == key && meeting.NextActionAt != null
                && (meeting.NextActionAt <= now || meeting.WaitingFor == WaitingFor.Quota)
            select new { meeting, calendar.Name, calendar.Description, calendar.TimeZone, calendar.Rules.Seats, calendar.MeetingSettings })
            .ToListAsync(cancellationToken);

        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Where(row => row.meeting.IsCurrent).Select(row => row.meeting.Id).ToList();
        var seated = db.Appointments.AsNoTracking()
            .Where(row => row.SlotMeetingId != null && ids.Contains(row.SlotMeetingId.Value))
            .WhereActive()
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new
            {
                row.SlotMeetingId,
                Seat = new SlotFacts.Seat(row.Id, row.Title, row.End, new[] { row.Booker.Name, row.Booker.Email, row.Booker.Phone }),
            });
        var seats = ids.Count == 0 ? [] : await seated.ToListAsync(cancellationToken);
        var bySlot = seats.ToLookup(row => row.SlotMeetingId, row => row.Seat);

        return [.. rows.Select(row => new SlotSnapshot(row.meeting, new SlotFacts
        {
            CalendarName = row.Name,
            Description = row.Description,
            TimeZone = row.TimeZone,
            SeatsPerSlot = row.Seats,
            Settings = row.MeetingSettings,
            Seats = [.. bySlot[row.meeting.Id]],
        }))];
    }
}
