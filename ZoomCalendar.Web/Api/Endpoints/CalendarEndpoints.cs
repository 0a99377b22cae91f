using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

internal static class CalendarEndpoints
{
    public const string NoGroups = "groupId is not available: there are no calendar groups here.";
    public const string NotFound = "Calendar not found";

    public static void MapCalendars(this RouteGroupBuilder api)
    {
        api.MapGet("/calendars/", ListAsync)
            .Needs(TokenScopes.ReadCalendars).Produces<CalendarsAnswer>()
            .WithName("get-calendars").WithSummary("All calendars")
            .WithDescription("`showDrafted=false` leaves archived ones out.");
        api.MapGet("/calendars/{calendarId}", GetAsync)
            .Needs(TokenScopes.ReadCalendars).Produces<CalendarAnswer>()
            .WithName("get-calendar").WithSummary("One calendar, with its ETag");
        api.MapPost("/calendars/", CreateAsync)
            .Needs(TokenScopes.WriteCalendars).Takes<CreateCalendarBody>().Produces<CalendarAnswer>()
            .WithName("create-calendar").WithSummary("Make a calendar")
            .WithDescription(
                "A member's `locationConfigurations: [{\"kind\": \"zoom_conference\"}]` puts their meetings on Zoom, if they are "
                    + "connected.");
        api.MapPut("/calendars/{calendarId}", UpdateAsync)
            .Needs(TokenScopes.WriteCalendars).Takes<WriteCalendar>().Produces<CalendarAnswer>()
            .WithName("update-calendar").WithSummary("Change a calendar")
            .WithDescription(
                "`teamMembers` stands in place of the present team. With `If-Match` a change made in the meantime is answered 412.");
        api.MapDelete("/calendars/{calendarId}", DeleteAsync)
            .Needs(TokenScopes.WriteCalendars).Takes<EmptyBody>().Produces<SuccessAnswer>()
            .WithName("delete-calendar").WithSummary("Delete a calendar; one with appointments is archived, and they stay");
    }

    private static async Task<ApiResult> ListAsync(
        string? locationId, string? groupId, string? showDrafted, ApiCall call, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        if (call.NotHere(locationId) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!string.IsNullOrEmpty(groupId))
        {
            return ApiResult.Unprocessable(NoGroups);
        }

        if (showDrafted is not (null or "" or "true" or "false"))
        {
            return ApiResult.Unprocessable("showDrafted must be a boolean value");
        }

        var withArchived = showDrafted != "false";
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var calendars = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .Where(row => row.SubAccountId == call.SubAccount && (withArchived || !row.IsArchived))
            .OrderBy(row => row.Id)
            .ToListAsync(call.Cancel);
        return ApiResult.Ok(new CalendarsAnswer { Calendars = [.. calendars.Select(CalendarItem.Of)] });
    }

    private static async Task<ApiResult> CreateAsync(
        ApiCall call, CalendarWriter writer, IdempotencyKeys keys, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        var body = await call.ReadHereAsync<CreateCalendarBody>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        if (body.Value!.BeyondLimits() is { Count: > 0 } problems)
        {
            return ApiResult.Unprocessable(problems);
        }

        var (key, misused) = await call.NewIdAsync(keys);
        if (misused is not null)
        {
            return misused;
        }

        var id = new CalendarId(key ?? Guid.CreateVersion7(call.Now));
        var outcome = await writer.CreateAsync(id, CalendarPatches.Of(body.Value!), call.Actor, call.Now, call.Cancel);
        return outcome.Succeeded ? await GetAsync(id.ToString(), call, contexts) : ApiErrors.Of(outcome.Refusal!.Value, outcome.Message);
    }

    private static async Task<ApiResult> UpdateAsync(
        string calendarId, ApiCall call, CalendarWriter writer, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        var body = await call.ReadAsync<WriteCalendar>(
            await FindAsync(calendarId, call, contexts) is { } present ? [CalendarItem.Of(present)] : []);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        if (body.Value!.BeyondLimits() is { Count: > 0 } problems)
        {
            return ApiResult.Unprocessable(problems);
        }

        var outcome = await writer.UpdateAsync(
            Ids.Calendar(calendarId), call.IfMatch(), CalendarPatches.Of(body.Value!), call.Actor, call.Now, call.Cancel);
        return outcome.Succeeded ? await GetAsync(calendarId, call, contexts) : ApiErrors.Of(outcome.Refusal!.Value, outcome.Message);
    }

    private static async Task<ApiResult> DeleteAsync(string calendarId, ApiCall call, CalendarWriter writer)
    {
        var body = await call.ReadAsync<EmptyBody>();
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var outcome = await writer.DeleteAsync(Ids.Calendar(calendarId), call.IfMatch(), call.Actor, call.Now, call.Cancel);
        return outcome.Succeeded ? ApiResult.Ok(new SuccessAnswer()) : ApiErrors.Of(outcome.Refusal!.Value, outcome.Message);
    }

    private static async Task<ApiResult> GetAsync(string calendarId, ApiCall call, IDbContextFactory<ZoomCalendarContext> contexts) =>
        await FindAsync(calendarId, call, contexts) is { } calendar
            ? ApiResult.Ok(new CalendarAnswer { Calendar = CalendarItem.Of(calendar) }, ApiCall.ETagOf(calendar.RowVersion))
            : ApiResult.NotFound(NotFound);

    private static async Task<Calendar?> FindAsync(string calendarId, ApiCall call, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        var id = Ids.Calendar(calendarId);
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        return await db.Calendars.AsNoTracking().Include(row => row.Members)
            .FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == call.SubAccount, call.Cancel);
    }
}
