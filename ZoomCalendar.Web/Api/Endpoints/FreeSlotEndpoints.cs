using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

internal static class FreeSlotEndpoints
{
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);

    public static void MapFreeSlots(this RouteGroupBuilder api)
    {
        api.MapGet("/calendars/{calendarId}/free-slots", FindAsync)
            .Needs(TokenScopes.ReadCalendars).Produces<Dictionary<string, FreeSlotsOfDay>>().Reads("userIds", "userIds[]")
            .WithName("get-slots")
            .WithSummary("Free slots, by day")
            .WithDescription(
                "`startDate` and `endDate` are milliseconds or ISO 8601 with an offset, at most 31 days apart. Several hosts: "
                    + "`userIds[]=a&userIds[]=b`.");
        api.MapGet("/calendars/events/appointments/{eventId}/free-slots", FindForMoveAsync)
            .Needs(TokenScopes.ReadEvents).Produces<Dictionary<string, FreeSlotsOfDay>>()
            .WithName("get-appointment-slots")
            .WithSummary("The times that an appointment can be moved to, by day")
            .WithDescription(
                "With the appointment's own length, and the hosts that it can have now. The range as for a calendar's free slots.");
    }

    /// <summary>The start times of a day in the requested zone.</summary>
    internal sealed record FreeSlotsOfDay(IReadOnlyList<string> Slots);

    private static async Task<ApiResult> FindAsync(
        string calendarId,
        string? startDate,
        string? endDate,
        string? timezone,
        string? userId,
        ApiCall call,
        FreeSlotFinder finder,
        IDbContextFactory<ZoomCalendarContext> contexts)
    {
        if (Range(startDate, endDate, timezone, out var from, out var to, out var wantedZone) is { } refused)
        {
            return refused;
        }

        var id = Ids.Calendar(calendarId);
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var calendarZone = await db.Calendars.Where(row => row.Id == id && row.SubAccountId == call.SubAccount).Select(row => row.TimeZone)
            .FirstOrDefaultAsync(call.Cancel);
        if (calendarZone is null)
        {
            return ApiResult.NotFound("Calendar not found");
        }

        var hosts = Hosts(call, userId);
        var slots = await finder.FindAsync(id, from, to, hosts.Count == 1 ? new(hosts.First()) : null, call.Actor, call.Now, call.Cancel);
        var zone = wantedZone ?? ApiTime.ZoneOf(calendarZone);
        return ApiResult.Map(
            ByDay(slots.Where(slot => hosts.Count == 0 || slot.Hosts.Any(host => host.Id is { } able && hosts.Contains(able))), zone));
    }

    private static async Task<ApiResult> FindForMoveAsync(
        string eventId,
        string? startDate,
        string? endDate,
        string? timezone,
        ApiCall call,
        FreeSlotFinder finder,
        AppointmentQueries appointments)
    {
        if (Range(startDate, endDate, timezone, out var from, out var to, out var wantedZone) is { } refused)
        {
            return refused;
        }

        if (await appointments.FindAsync(Ids.Appointment(eventId), call.SubAccount, call.Cancel) is not { } view)
        {
            return ApiResult.NotFound("Event not found");
        }

        var slots = await finder.FindForMoveAsync(new PlannedMove(view.Appointment.Id), from, to, call.Actor, call.Now, call.Cancel);
        return ApiResult.Map(ByDay(slots, wantedZone ?? ApiTime.ZoneOf(view.Appointment.TimeZone)));
    }

    private static ApiResult? Range(
        string? startDate, string? endDate, string? timezone, out DateTimeOffset from, out DateTimeOffset to, out DateTimeZone? zone)
    {
        var (start, end) = (ApiTime.Read(startDate), ApiTime.Read(endDate));
        (from, to) = (start ?? default, end ?? default);
        zone = string.IsNullOrEmpty(timezone) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(timezone);
        List<string> problems =
        [
            .. start is null ? [$"startDate {ApiTime.Expected}"] : Array.Empty<string>(),
            .. end is null ? [$"endDate {ApiTime.Expected}"] : Array.Empty<string>(),
            .. end <= start ? ["endDate must be after startDate"] : Array.Empty<string>(),
            .. end - start > LongestRange ? ["The date range cannot be more than 31 days"] : Array.Empty<string>(),
            .. zone is null && !string.IsNullOrEmpty(timezone)
                ? ["timezone must be an IANA time zone such as America/Chicago"]
                : Array.Empty<string>(),
        ];
        return problems.Count == 0 ? null : ApiResult.Unprocessable(problems);
    }

    private static HashSet<Guid> Hosts(ApiCall call, string? userId) =>
    [
        .. new[] { userId }.Concat(call.Query["userIds[]"]).Concat(call.Query["userIds"])
            .Where(text => !string.IsNullOrEmpty(text))
            .Select(Ids.Read),
    ];

    private static JsonObject ByDay(IEnumerable<Core.Scheduling.FreeSlot> slots, DateTimeZone zone)
    {
        var days = new JsonObject();
        foreach (var day in slots.GroupBy(slot => slot.Start.InZone(zone).Date).OrderBy(day => day.Key))
        {
            var starts = day.Select(slot => (JsonNode)ApiTime.Write(slot.Start.ToDateTimeOffset(), zone));
            days[NodaTime.Text.LocalDatePattern.Iso.Format(day.Key)] = new JsonObject { ["slots"] = new JsonArray([.. starts]) };
        }

        return days;
    }
}
