using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>The lines for full slots: getting into one, out of it, and to a seat. Thread-safe.</summary>
public sealed class WaitingList(IDbContextFactory<ZoomCalendarContext> contexts, AppointmentBook book, IWaitingListMessages messages, Signals signals)
{
    /// <summary>Says no more to whoever has a seat or a place in line already: the owner of the address knows.</summary>
    public async Task<WaitingOutcome> JoinAsync(JoinRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        SignalIfDone(await contexts.WriteAsync((db, cancel) => JoinWaitingList.JoinAsync(new BookingScope(db, actor, now, cancel), request, messages), cancellationToken));

    /// <returns>Null: no longer in line.</returns>
    public async Task<WaitingPosition?> FindAsync(WaitingId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from row in db.WaitingEntries.AsNoTracking()
            where row.Id == id
            join calendar in db.Calendars on row.CalendarId equals calendar.Id
            select new
            {
                row,
                calendar.Rules.LengthMinutes,
                Ahead = db.Set<WaitingEntry>().Count(other => other.CalendarId == row.CalendarId && other.Start == row.Start && other.JoinedAt < row.JoinedAt),
            }).FirstOrDefaultAsync(cancellationToken);

        // As long as the booking of the seat would be.
        return found is { row: var place }
            ? new WaitingPosition(place.Id, place.CalendarId, place.Start, place.Start.AddMinutes(found.LengthMinutes), place.Booker, found.Ahead, place.OfferedUntil)
            : null;
    }

    /// <summary>What became of a place in line that is gone; null: no seat.</summary>
    public async Task<AppointmentId?> BookedAsync(WaitingId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Appointments.Where(row => row.SubmitId == id.Value).Select(row => (AppointmentId?)row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Takes the seat that was offered, by the rules of every booking; twice is once.</summary>
    public async Task<BookingOutcome> AcceptAsync(WaitingId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await db.WaitingEntries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (entry is null)
        {
            return await BookedAsync(id, cancellationToken) is { } booked ? BookingOutcome.Done(booked) : BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.OfferOver);
        }

        var request = new BookRequest
        {
            CalendarId = entry.CalendarId,
            Start = entry.Start,
            Booker = entry.Booker,
            Notes = entry.Notes,
            LocationAnswer = entry.LocationAnswer,
            Source = BookingSource.Public,
            SubmitId = id.Value,
            Offer = id,
        };
        var outcome = await book.BookAsync(request, Actor.ForBooker(entry.SubAccountId), now, cancellationToken);
        // The same button pressed twice at once: the other one was faster.
        return !outcome.Succeeded && await BookedAsync(id, cancellationToken) is { } mine ? BookingOutcome.Done(mine) : outcome;
    }

    /// <summary>By one's own link.</summary>
    public async Task LeaveAsync(WaitingId id, DateTimeOffset now, CancellationToken cancellationToken) => SignalIfDone(await contexts.WriteAsync(
        async (db, cancel) =>
        {
            if (await db.WaitingEntries.FirstOrDefaultAsync(row => row.Id == id, cancel) is { } entry)
            {
                await EraseAsync(db, entry, null, "Somebody left the waiting list.", now, cancel);
            }

            return WaitingOutcome.Done;
        },
        cancellationToken));

    /// <summary>By staff who may change the slot's appointments.</summary>
    public async Task<WaitingOutcome> RemoveAsync(WaitingId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) => SignalIfDone(await contexts.WriteAsync(
        async (db, cancel) =>
        {
            var entry = await db.WaitingEntries.FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == actor.SubAccountId, cancel);
            var role = await db.CurrentRoleAsync(actor, cancel);
            if (entry is null || role is null)
            {
                return WaitingOutcome.Refused(Refusal.NotFound, new StaffSentence("This person is no longer on the waiting list."));
            }

            var isHost = await db.CalendarMembers.AnyAsync(row => row.CalendarId == entry.CalendarId && row.UserId == actor.UserId, cancel);
            if (role is not Role.Admin && !isHost)
            {
                return WaitingOutcome.Refused(Refusal.Forbidden, new StaffSentence("Only the host or an admin can take somebody off the waiting list."));
            }

            await EraseAsync(db, entry, actor.UserId, "Somebody was taken off the waiting list.", now, cancel);
            return WaitingOutcome.Done;
        },
        cancellationToken));

    private static async Task EraseAsync(
        ZoomCalendarContext db, WaitingEntry entry, UserId? actor, string sentence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.WaitingEntries.Remove(entry);
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members).SingleAsync(row => row.Id == entry.CalendarId, cancellationToken);
        db.RecordWaiting(calendar, sentence, actor, now);
    }

    private WaitingOutcome SignalIfDone(WaitingOutcome outcome)
    {
        if (outcome.Succeeded)
        {
            signals.Committed();
        }

        return outcome;
    }
}
