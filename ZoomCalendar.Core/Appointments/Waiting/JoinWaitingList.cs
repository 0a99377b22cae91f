using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>Joins the waiting list of a full slot, inside a transaction.</summary>
internal static class JoinWaitingList
{
    /// <summary>The most entries per slot. Later ones would hardly get a seat.</summary>
    private const int MaxEntries = 100;

    public static async Task<WaitingOutcome> JoinAsync(BookingScope scope, JoinRequest request, IWaitingListMessages messages)
    {
        var start = request.Start.ToUniversalTime();
        if (BookingInput.Problem("", request.Notes, request.Booker, null, request.LocationAnswer) is { } problem)
        {
            return WaitingOutcome.Refused(Refusal.Invalid, new PublicSentence(problem));
        }

        if (request.Booker.Email.Length == 0)
        {
            return WaitingOutcome.Refused(
                Refusal.Invalid, new PublicSentence("Enter your email address. We write to it when a seat is free."));
        }

        await scope.Db.LockForBookingAsync(request.CalendarId, scope.CancellationToken);
        var schedule = await BookingSchedule.LoadAsync(scope.Db, request.CalendarId, scope.Actor, scope.CancellationToken);
        if (schedule is null || !schedule.Calendar.HasWaitingList())
        {
            return WaitingOutcome.Refused(Refusal.NotFound, new PublicSentence("This calendar has no waiting list."));
        }

        var entry = await EntryAsync(scope, schedule.Calendar, request, start);
        var entries = await scope.Db.WaitingListAsync(request.CalendarId, start, scope.CancellationToken);
        var former = entries.FirstOrDefault(row => row.Id == request.Id || row.FormId == request.Id.Value);
        if (former is not null && former.NormalizedEmail == entry.NormalizedEmail)
        {
            former.Correct(entry);
            return WaitingOutcome.Done;
        }

        // The visitor corrected the address. The new entry takes over the position, and the former address loses access to it.
        if (former is not null)
        {
            scope.Db.WaitingEntries.Remove(former);
        }

        if (entries.Any(row => row.NormalizedEmail == entry.NormalizedEmail))
        {
            return WaitingOutcome.Done;
        }

        if (await SeatOrLimitAsync(scope, entry, former) is { } known)
        {
            return known;
        }

        if (former is not null)
        {
            entry.TakePlaceOf(former);
        }
        else if (await WhyNotAsync(scope, schedule, start) is { } refused)
        {
            return refused;
        }
        else if (entries.Count >= MaxEntries)
        {
            return WaitingOutcome.Refused(
                Refusal.NotOffered, new PublicSentence("The waiting list for this time is full. Please choose another time."));
        }

        return Add(scope, schedule.Calendar, entry, messages);
    }

    private static async Task<WaitingOutcome?> SeatOrLimitAsync(BookingScope scope, WaitingEntry entry, WaitingEntry? former)
    {
        var open = await PublicBookingLimits.UpcomingAsync(scope, entry.NormalizedEmail);
        if (open.FirstOrDefault(row => row.CalendarId == entry.CalendarId && row.Start == entry.Start) is { } seat)
        {
            scope.Record(EventKind.AppointmentAskedAgain, seat);
            return WaitingOutcome.Done;
        }

        var places = await scope.Db.WaitingEntries.CountAsync(
            row => row.SubAccountId == scope.Actor.SubAccountId && row.NormalizedEmail == entry.NormalizedEmail, scope.CancellationToken);
        if (open.Count + places < PublicBookingLimits.MaxOpen)
        {
            return null;
        }

        if (former is not null)
        {
            // The refusal must not remove the former entry.
            scope.Db.Entry(former).State = EntityState.Unchanged;
        }

        return WaitingOutcome.Refused(Refusal.NotOffered, PublicBookingLimits.TooMany);
    }

    private static async Task<WaitingOutcome?> WhyNotAsync(BookingScope scope, BookingSchedule schedule, DateTimeOffset start)
    {
        var result = await schedule.CheckAsync(
            scope.Db, Placement.ForNew(null), start, BookingOverride.None, scope.Now, scope.CancellationToken);
        return result.IsAllowed ? WaitingOutcome.Refused(Refusal.Changed, new PublicSentence("A seat is free again. You can book it now."))
            : WaitingListExtensions.AreOnlyFull(result.Reasons) ? null
            : WaitingOutcome.Refused(Refusal.NotOffered, new PublicSentence("This time is not offered. Please choose another one."));
    }

    private static async Task<WaitingEntry> EntryAsync(BookingScope scope, Calendar calendar, JoinRequest request, DateTimeOffset start)
    {
        var booker = BookingInput.Tidy(request.Booker);
        var (id, email) = (request.Id, EmailAddress.Key(booker.Email));
        // The form's id was used for other content or another time, so the new entry gets an id derived from its content.
        var isUsed = await scope.Db.WaitingEntries.AnyAsync(row => row.Id == id || row.FormId == id.Value, scope.CancellationToken)
            || await scope.Db.Appointments.AnyAsync(row => row.SubmitId == id.Value, scope.CancellationToken);
        return new WaitingEntry
        {
            Id = isUsed ? new WaitingId(Submission.IdOf(id.Value, $"{calendar.Id} {start.UtcTicks} {email}")) : id,
            FormId = isUsed ? id.Value : null,
            SubAccountId = calendar.SubAccountId,
            CalendarId = calendar.Id,
            Start = start,
            End = start.AddMinutes(calendar.Rules.LengthMinutes),
            Booker = booker,
            NormalizedEmail = email,
            Notes = BookingInput.Text(request.Notes),
            LocationAnswer = BookingInput.Text(request.LocationAnswer),
            JoinedAt = scope.Now,
        };
    }

    private static WaitingOutcome Add(BookingScope scope, Calendar calendar, WaitingEntry entry, IWaitingListMessages messages)
    {
        scope.Db.WaitingEntries.Add(entry);
        if (entry.State is WaitingState.Offered)
        {
            messages.AddSeatOffered(scope.Db, entry, scope.Now);
        }
        else
        {
            messages.AddJoined(scope.Db, entry, scope.Now);
        }

        scope.Db.RecordWaiting(calendar, "Somebody joined the waiting list.", null, scope.Now);
        return WaitingOutcome.Done;
    }
}
