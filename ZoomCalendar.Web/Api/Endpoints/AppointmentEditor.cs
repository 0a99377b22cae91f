using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>One PUT may move, edit and end an appointment in one transaction. Checks that need no lock run before it.</summary>
internal sealed class AppointmentEditor(
    AppointmentBook book, AppointmentQueries appointments, IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const string NotFound = "Event not found";

    /// <returns>Null if everything was done.</returns>
    public async Task<ApiResult?> ChangeAsync(AppointmentId id, EditAppointment body, ApiCall call)
    {
        if (await appointments.FindAsync(id, call.SubAccount, call.Cancel) is not { } view)
        {
            return ApiResult.NotFound(NotFound);
        }

        if (await RefuseAsync(view, body, call) is { } refused)
        {
            return refused;
        }

        var outcome = await book.ChangeAsync(
            new ChangeRequest(id, call.IfMatch())
            {
                Status = Names.Status(body.AppointmentStatus),
                Start = body.Start,
                End = body.End,
                HostId = Ids.UserOrNone(body.AssignedUserId),
                Title = body.Title,
                Notes = body.Description,
                Override = body.Override,
            },
            call.Actor,
            call.Now,
            call.Cancel);
        return outcome.Succeeded ? null : ApiErrors.Of(outcome, ApiTime.ZoneOf(view.Appointment.TimeZone));
    }

    private async Task<ApiResult?> RefuseAsync(AppointmentView view, EditAppointment body, ApiCall call)
    {
        var appointment = view.Appointment;
        if (body.CalendarId is { Length: > 0 } calendarId && Ids.Calendar(calendarId) != appointment.CalendarId)
        {
            return ApiResult.Unprocessable(
                "calendarId cannot be changed: an appointment stays on its calendar. Cancel it and book the other one.");
        }

        if (body.ContactId is { Length: > 0 } contact
            && !string.Equals(contact, Answers.EventItem.ContactIdOf(appointment), StringComparison.OrdinalIgnoreCase))
        {
            return ApiResult.Unprocessable("contactId cannot be changed: an appointment keeps its booker.");
        }

        var start = body.Start ?? appointment.Start;
        if (body.End is { } end && end <= start)
        {
            return ApiResult.Unprocessable("endTime must be after startTime");
        }

        var minutes = AppointmentCommands.MinutesBetween(start, body.End ?? start + appointment.Length);
        if (BookingInput.Problem(body.Title ?? "", body.Description ?? "", appointment.Booker, minutes) is { } problem)
        {
            return ApiResult.Unprocessable(problem);
        }

        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .FirstAsync(row => row.Id == appointment.CalendarId, call.Cancel);
        if (Ids.UserOrNone(body.AssignedUserId) is { } host && host != appointment.HostId && calendar.Member(host) is null)
        {
            return ApiResult.NotFound("assignedUserId is not on this calendar's team");
        }

        // Clients send back what they read.
        var isAsItWas = body.Address is not { Length: > 0 } address || address == Answers.EventItem.AddressOf(view, call.Now);
        var place = isAsItWas ? body with { Address = null } : body;
        return AppointmentCommands.WhyNotThere(place, [appointment.Location]) is { } elsewhere
            ? ApiResult.Unprocessable(elsewhere)
            : isAsItWas
                ? null
                : ApiResult.Unprocessable("address cannot be changed: an appointment keeps the place that it was booked with.");
    }
}
