using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

internal static class FreeSlotEndpoints
{
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);

    public static void MapFreeSlots(this RouteGroupBuilder api) =>
        api.MapGet("/calendars/{calendarId}/free-slots", FindAsync)
            .Needs(TokenScopes.ReadCalendars).Produces<Dictionary<string, FreeSlotsOfDay>>()
            .WithName("get-slots")
            .WithSummary("Free slots, by day")
            .WithDescription("`startDate` and `endDate` are milliseconds or ISO 8601 with an offset, at most 31 days apart. Several hosts: `userIds[]=a&userIds[]=b`.");

    /// <summary>A day's starts, in the zone asked for.</summary>
    internal sealed record FreeSlotsOfDay(IReadOnlyList<string> Slots);

    private static async Task<ApiResult> FindAsync(
        string calendarId, string? startDate, string? endDate, string? timezone, string? userId, ApiCall call, FreeSlotFinder finder, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        var (from, to) = (ApiTime.Read(startDate), ApiTime.Read(endDate));
        var wantedZone = string.IsNullOrEmpty(timezone) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(timezone);
        List<string> problems =
        [
            .. from is null ? [$"startDate {ApiTime.Expected}"] : Array.Empty<string>(),
            .. to is null ? [$"endDate {ApiTime.Expected}"] : Array.Empty<string>(),
            .. to <= from ? ["endDate must be after startDate"] : Array.Empty<string>(),
            .. to - from > LongestRange ? ["The date range cannot be more than 31 days"] : Array.Empty<string>(),
            .. wantedZone is null && !string.IsNullOrEmpty(timezone) ? ["timezone must be an IANA time zone such as America/Chicago"] : Array.Empty<string>(),
        ];
        if (problems.Count > 0)
        {
            return ApiResult.Unprocessable(problems);
        }

        var id = Ids.Calendar(calendarId);
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var calendarZone = await db.Calendars.Where(row => row.Id == id && row.SubAccountId == call.SubAccount).Select(row => row.TimeZone).FirstOrDefaultAsync(call.Cancel);
        if (calendarZone is null)
        {
            return ApiResult.NotFound("Calendar not found");
        }

        var hosts = Hosts(call, userId);
        var slots = await finder.FindAsync(id, from!.Value, to!.Value, hosts.Count == 1 ? new(hosts.First()) : null, call.Actor, call.Now, call.Cancel);
        var zone = wantedZone ?? ApiTime.ZoneOf(calendarZone);
        return ApiResult.Map(ByDay(slots.Where(slot => hosts.Count == 0 || slot.Hosts.Any(host => host.Id is { } able && hosts.Contains(able))), zone));
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
