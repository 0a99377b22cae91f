using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Waiting;

internal static class Joining
{
    /// <summary>In one line: more will hardly get a seat.</summary>
    private const int LongestLine = 100;

    public static async Task<WaitingOutcome> JoinAsync(BookingScope scope, JoinRequest request)
    {
        var start = request.Start.ToUniversalTime();
        if (BookingInput.Problem("", request.Notes, request.Booker, null, request.LocationAnswer) is { } problem)
        {
            return WaitingOutcome.Refused(Refusal.Invalid, new PublicSentence(problem));
        }

        var email = request.Booker.Email.Trim().ToLowerInvariant();
        if (email.Length == 0)
        {
            return WaitingOutcome.Refused(Refusal.Invalid, new PublicSentence("Enter your e-mail address: we write to it when a seat is free."));
        }

        await scope.Db.LockForBookingAsync(request.CalendarId, scope.Cancel);
        var schedule = await BookingSchedule.LoadAsync(scope.Db, request.CalendarId, scope.Actor, scope.Cancel);
        if (schedule is null || !schedule.Calendar.HasLine())
        {
            return WaitingOutcome.Refused(Refusal.NotFound, new PublicSentence("This calendar has no waiting list."));
        }

        var line = await scope.Db.LineAsync(request.CalendarId, start, scope.Cancel);
        if (line.Any(entry => entry.Id == request.Id || entry.NormalizedEmail == email))
        {
            return WaitingOutcome.Done;
        }

        if (await SeatOrLimitAsync(scope, request.CalendarId, start, email) is { } known)
        {
            return known;
        }

        return await WhyNotAsync(scope, schedule, start) is { } refused ? refused
            : line.Count >= LongestLine ? WaitingOutcome.Refused(Refusal.NotOffered, new PublicSentence("The waiting list for this time is full. Please choose another time."))
            : Add(scope, schedule.Calendar, request, start, email);
    }

    private static async Task<WaitingOutcome?> SeatOrLimitAsync(BookingScope scope, CalendarId calendar, DateTimeOffset start, string email)
    {
        var open = await PublicBooking.OpenAsync(scope, email);
        if (open.FirstOrDefault(row => row.CalendarId == calendar && row.Start == start) is { } seat)
        {
            scope.Record(EventKind.AppointmentAskedAgain, seat);
            return WaitingOutcome.Done;
        }

        var places = await scope.Db.WaitingEntries.CountAsync(row => row.SubAccountId == scope.Actor.SubAccountId && row.NormalizedEmail == email, scope.Cancel);
        return open.Count + places < PublicBooking.MostOpen ? null : WaitingOutcome.Refused(Refusal.NotOffered, PublicBooking.TooMany);
    }

    private static async Task<WaitingOutcome?> WhyNotAsync(BookingScope scope, BookingSchedule schedule, DateTimeOffset start)
    {
        var verdict = await schedule.JudgeAsync(scope.Db, Placement.OfNew(null), start, BookingOverride.None, scope.Now, scope.Cancel);
        return verdict.IsAllowed ? WaitingOutcome.Refused(Refusal.Changed, new PublicSentence("A seat is free again. You can book it now."))
            : WaitingRows.AreOnlyFull(verdict.Reasons) ? null
            : WaitingOutcome.Refused(Refusal.NotOffered, new PublicSentence("This time is not offered. Please choose another one."));
    }

    private static WaitingOutcome Add(BookingScope scope, Calendar calendar, JoinRequest request, DateTimeOffset start, string email)
    {
        var booker = request.Booker;
        var entry = new WaitingEntry
        {
            Id = request.Id,
            SubAccountId = calendar.SubAccountId,
            CalendarId = calendar.Id,
            Start = start,
            End = start.AddMinutes(calendar.Rules.LengthMinutes),
            Booker = booker with { Name = BookingInput.OneLine(booker.Name), Email = booker.Email.Trim(), Phone = booker.Phone.Trim() },
            NormalizedEmail = email,
            Notes = request.Notes.Trim(),
            LocationAnswer = request.LocationAnswer,
            JoinedAt = scope.Now,
        };
        scope.Db.WaitingEntries.Add(entry);
        scope.Db.Tell(entry, MessageKind.WaitingListJoined, scope.Now);
        scope.Db.RecordWaiting(calendar, "Somebody joined the waiting list.", null, scope.Now);
        return WaitingOutcome.Done;
    }
}
