using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

internal static class AppointmentEndpoints
{
    private const string Path = "/calendars/events/appointments";
    private const string NotFound = "Event not found";

    public static void MapAppointments(this RouteGroupBuilder api)
    {
        api.MapPost(Path, CreateAsync)
            .Needs(TokenScopes.WriteEvents).Takes<CreateAppointment>().Produces<AppointmentAnswer>()
            .WithName("create-appointment").WithSummary("Book an appointment")
            .WithDescription(
                "With the header `Idempotency-Key`, sent twice it books once. On Zoom calendars `address` is empty until the link "
                    + "is there.");
        api.MapGet(Path + "/{eventId}", GetAsync)
            .Needs(TokenScopes.ReadEvents).Produces<EventAnswer>()
            .WithName("get-appointment").WithSummary("One appointment, with its ETag");
        api.MapPut(Path + "/{eventId}", EditAsync)
            .Needs(TokenScopes.WriteEvents).Takes<EditAppointment>().Produces<AppointmentAnswer>()
            .WithName("edit-appointment").WithSummary("Change, move or cancel an appointment")
            .WithDescription("What is missing stays as it is. With `If-Match` a change made in the meantime is answered 412.");
        api.MapDelete("/calendars/events/{eventId}", DeleteAsync)
            .Needs(TokenScopes.WriteEvents).Takes<EmptyBody>().Produces<SucceededAnswer>(StatusCodes.Status201Created)
            .WithName("delete-event").WithSummary("Delete an appointment or a blocked time");
    }

    private static async Task<ApiResult> CreateAsync(
        ApiCall call, AppointmentCommands desk, IdempotencyKeys keys, AppointmentQueries appointments)
    {
        var body = await call.ReadHereAsync<CreateAppointment>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var (submitId, misused) = await call.NewIdAsync(keys);
        if (misused is not null)
        {
            return misused;
        }

        var (id, problem) = await desk.BookAsync(body.Value!, submitId, call);
        return problem ?? await AnswerAsync(call, id!.Value, appointments);
    }

    private static async Task<ApiResult> GetAsync(string eventId, ApiCall call, AppointmentQueries appointments)
    {
        var view = await appointments.FindAsync(Ids.Appointment(eventId), call.SubAccount, call.Cancel);
        return view is null
            ? ApiResult.NotFound(NotFound)
            : ApiResult.Ok(new EventAnswer { Event = EventItem.Of(view, call.Now) }, ApiCall.ETagOf(view.Appointment.Version));
    }

    private static async Task<ApiResult> EditAsync(string eventId, ApiCall call, AppointmentEditor editor, AppointmentQueries appointments)
    {
        var id = Ids.Appointment(eventId);
        var present = await appointments.FindAsync(id, call.SubAccount, call.Cancel);
        var body = await call.ReadAsync<EditAppointment>(present is null ? [] : [EventItem.Of(present, call.Now)]);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        if (body.Value!.LocationId is { Length: > 0 } location && call.NotHere(location) is { } elsewhere)
        {
            return elsewhere;
        }

        return await editor.ChangeAsync(id, body.Value!, call) ?? await AnswerAsync(call, id, appointments);
    }

    private static async Task<ApiResult> DeleteAsync(
        string eventId, ApiCall call, AppointmentBook book, BlockedTimes blocked, AppointmentQueries appointments)
    {
        var body = await call.ReadAsync<EmptyBody>();
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var id = Ids.Appointment(eventId);
        if (await blocked.DeleteAsync(id.Value, call.SubAccount, call.Cancel))
        {
            return ApiResult.Created(new SucceededAnswer());
        }

        var view = await appointments.FindAsync(id, call.SubAccount, call.Cancel);
        if (view is null)
        {
            return ApiResult.NotFound(NotFound);
        }

        var outcome = await book.DeleteAsync(id, call.IfMatch(), call.Actor, call.Now, call.Cancel);
        return outcome.Succeeded
            ? ApiResult.Created(new SucceededAnswer())
            : ApiErrors.Of(outcome, ApiTime.ZoneOf(view.Appointment.TimeZone));
    }

    private static async Task<ApiResult> AnswerAsync(ApiCall call, AppointmentId id, AppointmentQueries appointments)
    {
        var view = await appointments.FindAsync(id, call.SubAccount, call.Cancel, evenDeleted: true);
        return view is null
            ? ApiResult.NotFound(NotFound)
            : ApiResult.Ok(AppointmentAnswer.Of(view, call.Now), ApiCall.ETagOf(view.Appointment.Version));
    }
}
