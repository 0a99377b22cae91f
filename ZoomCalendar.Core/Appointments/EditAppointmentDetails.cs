using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Edits an appointment that stays at its time.</summary>
internal static class EditAppointmentDetails
{
    public static async Task<BookingOutcome> EditAsync(BookingScope scope, EditRequest request)
    {
        if (BookingInput.Problem(request.Title, request.Notes, request.Booker, request.LengthMinutes) is { } problem)
        {
            return BookingOutcome.Refused(Refusal.Invalid, new PublicSentence(problem));
        }

        var (appointment, refused) = await scope.FindForChangeAsync(request.Id, request.Version);
        if (appointment is null)
        {
            return refused!;
        }

        if (request.LengthMinutes is { } minutes && await ChangeLengthAsync(scope, appointment, minutes) is { } longer)
        {
            return longer;
        }

        // Without a title of its own, an appointment follows the booker's name when that changes.
        var hasOwnTitle = appointment.Title != appointment.Booker.Name || request.Title != appointment.Title;
        appointment.Title = BookingInput.TitleOf(hasOwnTitle ? request.Title : "", request.Booker);
        appointment.Notes = BookingInput.Text(request.Notes);
        scope.ChangeBooker(appointment, BookingInput.Tidy(request.Booker));
        appointment.Touch(scope.Now);
        var hasLink = appointment.UsesZoom && await scope.Meetings.ContentChangedAsync(appointment);
        scope.Record(EventKind.AppointmentEdited, appointment, hasLink ? EventDetails.LinkKept : "");
        return BookingOutcome.Done(appointment.Id);
    }

    /// <summary>Changes the length alone, as by dragging the end. The calendar's usual length does not bind staff.</summary>
    public static async Task<BookingOutcome> ResizeAsync(BookingScope scope, Appointment appointment, int minutes)
    {
        if (await ChangeLengthAsync(scope, appointment, minutes) is { } refused)
        {
            return refused;
        }

        appointment.Touch(scope.Now);
        var hasLink = appointment.UsesZoom && await scope.Meetings.ContentChangedAsync(appointment);
        scope.Record(EventKind.AppointmentEdited, appointment, hasLink ? EventDetails.LinkKept : "");
        return BookingOutcome.Done(appointment.Id);
    }

    /// <returns>The refusal if the new end reaches into another appointment; otherwise null.</returns>
    private static async Task<BookingOutcome?> ChangeLengthAsync(BookingScope scope, Appointment appointment, int minutes)
    {
        var end = appointment.Start.AddMinutes(minutes);
        if (end > appointment.End && appointment is { IsActive: true, DoubleBook: false }
            && await ObstaclesAsync(scope, appointment, end) is { Count: > 0 } obstacles)
        {
            return HostSelector.Refuse(obstacles);
        }

        if (end != appointment.End)
        {
            appointment.MoveTo(appointment.HostId, appointment.Start, end);
            await HostBusyTimes.ChangeEndAsync(scope.Db, appointment.Id, end, scope.CancellationToken);
        }

        return null;
    }

    public static async Task<BookingOutcome> SwitchLocationAsync(BookingScope scope, AppointmentId id, int? version)
    {
        var (appointment, refused) = await scope.FindForChangeAsync(id, version);
        if (appointment is null)
        {
            return refused!;
        }

        var schedule = (await BookingSchedule.LoadAsync(scope.Db, appointment.CalendarId, scope.Actor, scope.CancellationToken))!;
        var location = schedule.Calendar.LocationOf(appointment.HostId);
        if (location == appointment.Location)
        {
            return BookingOutcome.Done(appointment.Id);
        }

        if (appointment.UsesZoom)
        {
            await scope.Meetings.LeaveAsync(appointment, LeavingReason.LocationChanged);
        }

        appointment.Location = location;
        if (appointment.UsesZoom)
        {
            await scope.JoinMeetingAsync(appointment, schedule);
        }

        appointment.Touch(scope.Now);
        scope.Record(EventKind.AppointmentEdited, appointment, EventDetails.LocationSwitched);
        return BookingOutcome.Done(appointment.Id);
    }

    private static async Task<IReadOnlyList<Reason>> ObstaclesAsync(BookingScope scope, Appointment appointment, DateTimeOffset end)
    {
        var schedule = (await BookingSchedule.LoadAsync(scope.Db, appointment.CalendarId, scope.Actor, scope.CancellationToken))!;
        var input = await schedule.InputForLengthAsync(scope.Db, appointment, end, scope.Now, scope.CancellationToken);
        return BookingCheck.CheckLengthening(
            input,
            Instant.FromDateTimeOffset(appointment.Start),
            Duration.FromTimeSpan(end - appointment.Start),
            appointment.HostId?.Value,
            Duration.FromTimeSpan(appointment.Length));
    }
}
