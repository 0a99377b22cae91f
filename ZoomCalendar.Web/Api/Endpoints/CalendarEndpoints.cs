using Microsoft.EntityFrameworkCore;
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
    }

    private static async Task<ApiResult> ListAsync(string? locationId, string? groupId, string? showDrafted, ApiCall call, IDbContextFactory<ZoomCalendarContext> contexts)
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

    private static async Task<ApiResult> GetAsync(string calendarId, ApiCall call, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        var id = Ids.Calendar(calendarId);
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == call.SubAccount, call.Cancel);
        return calendar is null
            ? ApiResult.NotFound(NotFound)
            : ApiResult.Ok(new CalendarAnswer { Calendar = CalendarItem.Of(calendar) }, ApiCall.ETagOf(calendar.RowVersion));
    }
}
