using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Books an appointment inside a transaction.</summary>
internal static class BookAppointment
{
    public static async Task<BookingOutcome> BookAsync(BookingScope scope, BookRequest request)
    {
        if (BookingInput.Problem(
            request.Title, request.Notes, request.Booker, request.LengthMinutes, request.LocationAnswer) is { } problem)
        {
            return BookingOutcome.Refused(Refusal.Invalid, new PublicSentence(problem));
        }

        await scope.Db.LockForBookingAsync(request.CalendarId, scope.CancellationToken, alsoTimeOf: request.Former);
        var schedule = await BookingSchedule.LoadAsync(scope.Db, request.CalendarId, scope.Actor, scope.CancellationToken);
        if (schedule is null)
        {
            return BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.NoCalendar);
        }

        if (Refuse(scope, schedule, request) is { } refused)
        {
            return refused;
        }

        IReadOnlyList<AppointmentId>? excluded = request.Offer is { } offer ? await SeatOffers.TakeAsync(scope, request, offer) : [];
        if (excluded is null)
        {
            return BookingOutcome.Refused(Refusal.NotOffered, AppointmentTexts.OfferOver);
        }

        var (tooMany, seat) = request.Source is BookingSource.Public ? await PublicBookingLimits.CheckAsync(scope, request) : (null, null);
        if (tooMany is not null)
        {
            return tooMany;
        }

        var former = await CorrectSubmission.FindFormerAsync(scope, request);
        if (former is not null && CorrectSubmission.IsSamePerson(former, request))
        {
            return await CorrectSubmission.EditAsync(scope, former, request);
        }

        if (former is not null && schedule.Calendar.Rules.Seats == 1)
        {
            excluded = await CorrectSubmission.CancelAsync(scope, former);
        }

        var length = request.LengthMinutes ?? schedule.Calendar.Rules.LengthMinutes;
        var placement = Placement.ForNew(HostOf(scope, schedule, request), length) with { Excluded = excluded };
        var (host, reasons) = await HostSelector.SelectAsync(scope, schedule, placement, request.Start, request.Override);
        if (reasons.Count > 0 && former is { IsActive: true })
        {
            placement = placement with { Excluded = await CorrectSubmission.CancelAsync(scope, former) };
            (host, reasons) = await HostSelector.SelectAsync(scope, schedule, placement, request.Start, request.Override);
        }

        if (reasons.Count > 0)
        {
            // The refusal does not reveal that this address has a seat. The caller sends the first message to the address again.
            return HostSelector.Refuse(reasons) with { Seat = seat?.Id };
        }

        if (seat is not null)
        {
            scope.Record(EventKind.AppointmentAskedAgain, seat);
            return BookingOutcome.AlreadyBooked(seat.Id);
        }

        var appointment = Create(scope, schedule, request, host, length);
        var rows = new BulkInsert(scope.Db);
        if (appointment.UsesZoom && await scope.Meetings.JoinAsync(appointment, schedule.ZoomUserKeyOf(host!.Value)) is { } opened)
        {
            rows.Add(opened);
        }

        await rows
            .Add(appointment)
            .Add(scope.EventOf(EventKind.AppointmentBooked, appointment))
            .Add(HostBusyTimes.Of(appointment, schedule.Attendees))
            .WriteAsync(scope.CancellationToken);
        return BookingOutcome.Done(appointment.Id);
    }

    /// <summary>Records that a booker asked again for a slot in which they have a seat.</summary>
    public static async Task<BookingOutcome> RecordRepeatAsync(BookingScope scope, AppointmentId id)
    {
        if (await scope.Db.Appointments.FindAsync([id], scope.CancellationToken) is { IsActive: true } seat)
        {
            scope.Record(EventKind.AppointmentAskedAgain, seat);
        }

        return BookingOutcome.AlreadyBooked(id);
    }

    private static BookingOutcome? Refuse(BookingScope scope, BookingSchedule schedule, BookRequest request)
    {
        var calendar = schedule.Calendar;
        if (calendar.IsArchived)
        {
            return BookingOutcome.Refused(Refusal.NotOffered, new PublicSentence("This calendar is archived and takes no new bookings."));
        }

        if (!scope.Actor.IsStaff)
        {
            return request.Override is BookingOverride.None
                ? null
                : BookingOutcome.Refused(Refusal.Forbidden, "Only staff can ignore a calendar's rules.");
        }

        if (schedule.Role is null)
        {
            return BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.NoCalendar);
        }

        if (request.Override.HasFlag(BookingOverride.DoubleBook) && schedule.Role is not Role.Admin)
        {
            return BookingOutcome.Refused(Refusal.Forbidden, "Only an admin can double-book.");
        }

        return schedule.Role is Role.Admin || HostOf(scope, schedule, request) == scope.Actor.UserId
            ? null
            : BookingOutcome.Refused(
                Refusal.Forbidden, "You can book appointments that you host yourself. Ask an admin to book for somebody else.");
    }

    /// <summary>Users book for themselves. Admins name a host or leave the choice to the calendar.</summary>
    private static UserId? HostOf(BookingScope scope, BookingSchedule schedule, BookRequest request)
    {
        if (request.HostId is { } host)
        {
            return host;
        }

        var isRoundRobin = schedule.Calendar is { IsLegacy: false, Type: CalendarType.RoundRobin };
        return isRoundRobin
            ? schedule.Role is Role.User ? scope.Actor.UserId : null
            : schedule.Calendar.HasHost ? schedule.Calendar.PrimaryOwner?.UserId : null;
    }

    private static Appointment Create(BookingScope scope, BookingSchedule schedule, BookRequest request, UserId? host, int length)
    {
        var calendar = schedule.Calendar;
        var location = calendar.LocationOf(host);
        return new Appointment(
            AppointmentId.New(scope.Now),
            calendar.SubAccountId,
            new Slot(calendar.Id, host, request.Start.ToUniversalTime()),
            request.Start.ToUniversalTime().AddMinutes(length),
            scope.Now)
        {
            Title = BookingInput.TitleOf(request.Title, request.Booker),
            Notes = BookingInput.Text(request.Notes),
            Booker = BookingInput.Tidy(request.Booker),
            ContactId = request.ContactId,
            Status = request.Status.IsActive() ? request.Status : AppointmentStatus.Confirmed,
            Location = location.Kind is MeetingLocationKind.AskTheBooker
                ? new MeetingLocation(location.Kind, request.LocationAnswer)
                : location,
            TimeZone = calendar.TimeZone,
            BufferBeforeMinutes = calendar.Rules.BufferBeforeMinutes,
            BufferAfterMinutes = calendar.Rules.BufferAfterMinutes,
            DoubleBook = request.Override.HasFlag(BookingOverride.DoubleBook),
            Source = request.Source,
            SubmitId = request.SubmitId,
            SubmitHash = request.SubmitHash,
            FirstSubmitId = request.FirstSubmitId,
            BookedBy = scope.Actor.UserId,
        };
    }
}
