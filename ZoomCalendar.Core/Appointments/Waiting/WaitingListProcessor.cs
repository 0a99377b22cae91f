using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>
/// Offers freed seats to the next person. It reads events, which tell that something was freed, and looks for due offers. Each slot is
/// handled in one transaction under the locks of a booking, so repeated or concurrent runs offer nothing twice.
/// </summary>
public sealed partial class WaitingListProcessor(
    IDbContextFactory<ZoomCalendarContext> contexts, IWaitingListMessages messages, Signals signals, ILogger<WaitingListProcessor> logger)
{
    private const string Reader = "waiting-list";
    private const int Batch = 200;

    // Notice, blocked times and hours can free a seat without an event.
    private static readonly TimeSpan FullScanInterval = TimeSpan.FromMinutes(5);

    private DateTimeOffset _lastFullScan = DateTimeOffset.MinValue;

    /// <summary>Handles the slots that may have changed.</summary>
    /// <returns>Whether more may be due at once.</returns>
    public async Task<bool> WorkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (slots, events) = await DueAsync(now, cancellationToken);
        foreach (var (calendar, start) in slots)
        {
            try
            {
                await UpdateSlotAsync(calendar, start, now, cancellationToken);
            }
            catch (Exception exception) when (exception is DbUpdateException or System.Data.Common.DbException)
            {
                // One failing slot does not stop the others. The next full scan handles it again.
                Log.SlotFailed(logger, calendar, exception);
            }
        }

        // Advanced last, so that after a crash the same slots are handled again.
        await AdvanceAsync(events, now, cancellationToken);
        return events.Count == Batch;
    }

    /// <summary>Removes ended offers of one slot and offers its free seats.</summary>
    public async Task UpdateSlotAsync(CalendarId calendar, DateTimeOffset start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await contexts.WriteAsync((db, cancel) => UpdateSlotAsync(db, calendar, start, now, cancel), cancellationToken))
        {
            signals.Committed();
        }
    }

    private async Task<bool> UpdateSlotAsync(
        ZoomCalendarContext db, CalendarId id, DateTimeOffset start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.LockForBookingAsync(id, cancellationToken);
        var entries = await db.WaitingListAsync(id, start, cancellationToken);
        if (entries.Count == 0)
        {
            return false;
        }

        var schedule = (await BookingSchedule.LoadAsync(db, id, Actor.ForBooker(entries[0].SubAccountId), cancellationToken))!;
        var calendar = schedule.Calendar;
        if (!calendar.HasWaitingList() || OfferDeadline.LastBooking(start, calendar.Rules) <= now)
        {
            db.WaitingEntries.RemoveRange(entries);
            db.RecordWaiting(calendar, "A waiting list ended: the time can no longer be booked.", null, now);
            return true;
        }

        var over = entries.Where(entry => entry.IsOver(now)).ToList();
        foreach (var entry in over)
        {
            db.WaitingEntries.Remove(entry);
            entries.Remove(entry);
            db.RecordWaiting(calendar, "A seat was not taken in time, and goes to the next on the waiting list.", null, now);
        }

        return await OfferAsync(db, schedule, entries, start, now, [.. over.Select(entry => entry.Seat)], cancellationToken)
            || over.Count > 0;
    }

    private async Task<bool> OfferAsync(
        ZoomCalendarContext db,
        BookingSchedule schedule,
        List<WaitingEntry> entries,
        DateTimeOffset start,
        DateTimeOffset now,
        IReadOnlyList<AppointmentId> over,
        CancellationToken cancellationToken)
    {
        var rules = schedule.Calendar.Rules;
        var hasOffered = false;
        foreach (var next in entries.Where(entry => entry.State is WaitingState.Waiting).ToList())
        {
            // The same check as for the booking that takes the seat.
            var placement = Placement.ForNew(null) with { Excluded = [.. over, .. entries.SeatsOfWaiting()] };
            if (!(await schedule.CheckAsync(db, placement, start, BookingOverride.None, now, cancellationToken)).IsAllowed)
            {
                break;
            }

            next.Offer(OfferDeadline.Until(start, rules, now));
            messages.AddSeatOffered(db, next, now);
            db.RecordWaiting(schedule.Calendar, "A free seat was offered to the next on the waiting list.", null, now);
            hasOffered = true;
        }

        return hasOffered;
    }

    private async Task<(IReadOnlyList<(CalendarId Calendar, DateTimeOffset Start)> Slots, IReadOnlyList<long> Events)> DueAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reader = await db.EventReaders.AsNoTracking().FirstOrDefaultAsync(row => row.Name == Reader, cancellationToken);
        var events = await db.Events.AsNoTracking().UnreadBy(reader)
            .OrderBy(row => row.Id).Take(Batch)
            .Select(row => new { row.Id, row.CalendarId })
            .ToListAsync(cancellationToken);

        var isForAll = now - _lastFullScan >= FullScanInterval;
        _lastFullScan = isForAll ? now : _lastFullScan;
        var calendars = events.Select(row => row.CalendarId).OfType<CalendarId>().Distinct().ToList();
        var slots = await db.WaitingEntries
            .Where(row => isForAll || row.OfferedUntil <= now || row.Start <= now || calendars.Contains(row.CalendarId))
            .Select(row => new { row.CalendarId, row.Start }).Distinct()
            .ToListAsync(cancellationToken);
        return ([.. slots.Select(slot => (slot.CalendarId, slot.Start))], [.. events.Select(row => row.Id)]);
    }

    private async Task AdvanceAsync(IReadOnlyList<long> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reader = await db.EventReaders.FirstOrDefaultAsync(row => row.Name == Reader, cancellationToken);
        if (reader is null)
        {
            db.EventReaders.Add(reader = new EventReader { Name = Reader });
        }

        reader.Advance(events, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception))
        {
            // Another process read the same events.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "The waiting list of a slot of calendar {Calendar} could not be updated; it is tried again")]
        public static partial void SlotFailed(ILogger logger, CalendarId calendar, Exception exception);
    }
}
