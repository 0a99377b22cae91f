using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>The waiting lists of full slots: joining, leaving and taking an offered seat. Thread-safe.</summary>
public sealed class WaitingList(
    IDbContextFactory<ZoomCalendarContext> contexts, AppointmentBook book, IWaitingListMessages messages, Signals signals)
{
    /// <summary>
    /// Joins a waiting list. The outcome does not reveal whether the address already has a seat or an entry: only the owner of the address
    /// may know.
    /// </summary>
    public async Task<WaitingOutcome> JoinAsync(
        JoinRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        SignalIfDone(await contexts.WriteAsync(
            (db, cancel) => JoinWaitingList.JoinAsync(new BookingScope(db, actor, now, cancel), request, messages), cancellationToken));

    /// <summary>A person's own position; null if the entry is gone.</summary>
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
                Ahead = db.Set<WaitingEntry>().Count(other => other.CalendarId == row.CalendarId && other.Start == row.Start
                    && other.JoinedAt < row.JoinedAt),
            }).FirstOrDefaultAsync(cancellationToken);

        // The end that a booking of the seat would have.
        return found is { row: var place }
            ? new WaitingPosition(
                place.Id,
                place.CalendarId,
                place.Start,
                place.Start.AddMinutes(found.LengthMinutes),
                place.Booker,
                found.Ahead,
                place.OfferedUntil)
            : null;
    }

    /// <summary>The appointment that was booked from an entry; null if there is none.</summary>
    public async Task<AppointmentId?> BookedAsync(WaitingId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Appointments.Where(row => row.SubmitId == id.Value).Select(row => (AppointmentId?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Books the offered seat by the rules of every booking. Idempotent.</summary>
    public async Task<BookingOutcome> AcceptAsync(WaitingId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await db.WaitingEntries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (entry is null)
        {
            return await BookedAsync(id, cancellationToken) is { } booked
                ? BookingOutcome.Done(booked)
                : BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.OfferOver);
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
        // The same request was sent twice at once, and the other one was faster.
        return !outcome.Succeeded && await BookedAsync(id, cancellationToken) is { } mine ? BookingOutcome.Done(mine) : outcome;
    }

    /// <summary>Removes a person's own entry, by a signed link.</summary>
    public async Task LeaveAsync(
        WaitingId id, DateTimeOffset now, CancellationToken cancellationToken) => SignalIfDone(await contexts.WriteAsync(
        async (db, cancel) =>
        {
            if (await db.WaitingEntries.FirstOrDefaultAsync(row => row.Id == id, cancel) is { } entry)
            {
                await EraseAsync(db, entry, null, "Somebody left the waiting list.", now, cancel);
            }

            return WaitingOutcome.Done;
        },
        cancellationToken));

    /// <summary>Removes an entry. Only for staff who may change the slot's appointments.</summary>
    public async Task<WaitingOutcome> RemoveAsync(
        WaitingId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) => SignalIfDone(await contexts.WriteAsync(
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
                return WaitingOutcome.Refused(
                    Refusal.Forbidden, new StaffSentence("Only the host or an admin can take somebody off the waiting list."));
            }

            await EraseAsync(db, entry, actor.UserId, "Somebody was taken off the waiting list.", now, cancel);
            return WaitingOutcome.Done;
        },
        cancellationToken));

    private static async Task EraseAsync(
        ZoomCalendarContext db, WaitingEntry entry, UserId? actor, string sentence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.WaitingEntries.Remove(entry);
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .SingleAsync(row => row.Id == entry.CalendarId, cancellationToken);
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
