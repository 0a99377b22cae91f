using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Lists appointments and blocked times in a range.</summary>
internal static class EventEndpoints
{
    /// <summary>What is answered without <c>limit</c>. Whoever asks for all of it must not get a part, so more is an error.</summary>
    internal const int MostAtOnce = 5_000;

    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(366);

    public static void MapEvents(this RouteGroupBuilder api)
    {
        api.MapGet("/calendars/events", ListAsync)
            .Needs(TokenScopes.ReadEvents).Produces<EventsAnswer>()
            .WithName("get-calendar-events").WithSummary("Appointments of a range")
            .WithDescription(
                $"All of it at once, at most {MostAtOnce} appointments; with `limit` (1 to 500) a page at a time: send `nextCursor` back as "
                    + "`cursor`.");
        api.MapGet("/calendars/blocked-slots", ListBlockedAsync)
            .Needs(TokenScopes.ReadEvents).Produces<EventsAnswer>()
            .WithName("get-blocked-slots").WithSummary("Blocked times of a range");
        api.MapPost("/calendars/events/block-slots", BlockAsync)
            .Needs(TokenScopes.WriteEvents).Takes<BlockSlot>().Produces<BlockedSlotAnswer>(StatusCodes.Status201Created)
            .WithName("create-block-slot").WithSummary("Block a user's or a calendar's time");
        api.MapPut("/calendars/events/block-slots/{eventId}", EditBlockAsync)
            .Needs(TokenScopes.WriteEvents).Takes<BlockSlot>().Produces<BlockedSlotAnswer>(StatusCodes.Status201Created)
            .WithName("edit-block-slot").WithSummary("Change a blocked time");
    }

    private static async Task<ApiResult> ListAsync(
        string? locationId,
        string? userId,
        string? calendarId,
        string? groupId,
        string? startTime,
        string? endTime,
        string? limit,
        string? cursor,
        ApiCall call,
        AppointmentQueries appointments)
    {
        if (Range(call, locationId, groupId, startTime, endTime, out var from, out var to) is { } refused)
        {
            return refused;
        }

        var isPaged = !string.IsNullOrEmpty(limit) || !string.IsNullOrEmpty(cursor);
        var size = Cursor.Limit(limit);
        var after = string.IsNullOrEmpty(cursor) ? null : Cursor.Appointment(cursor);
        if (size is null || (after is null && !string.IsNullOrEmpty(cursor)))
        {
            return ApiResult.Unprocessable(
                size is null ? $"limit must be a number from 1 to {Cursor.MaxLimit}" : "cursor must be a nextCursor of an earlier answer");
        }

        var query = new AppointmentQuery(call.SubAccount, from, to)
        {
            User = Ids.UserOrNone(userId),
            Calendar = Ids.CalendarOrNone(calendarId),
            After = after,
        };
        if (!isPaged && await appointments.AreMoreThanAsync(MostAtOnce, query, call.Cancel))
        {
            return ApiResult.Unprocessable(
                $"The range has more than {MostAtOnce} appointments. Ask for a shorter range, for one calendarId or userId, or page by page "
                    + $"with limit (1 to {Cursor.MaxLimit}): send nextCursor back as cursor");
        }

        var views = await appointments.ListAsync(query with { Limit = isPaged ? size + 1 : null }, call.Cancel);
        var page = isPaged ? views.Take(size.Value).ToList() : views;
        return ApiResult.Ok(new EventsAnswer
        {
            Events = [.. page.Select(view => EventItem.Of(view, call.Now))],
            NextCursor = page.Count < views.Count ? Cursor.Of(page[^1].Appointment.Start, page[^1].Appointment.Id) : null,
        });
    }

    private static async Task<ApiResult> ListBlockedAsync(
        string? locationId,
        string? userId,
        string? calendarId,
        string? groupId,
        string? startTime,
        string? endTime,
        ApiCall call,
        BlockedTimes blocked)
    {
        if (Range(call, locationId, groupId, startTime, endTime, out var from, out var to) is { } refused)
        {
            return refused;
        }

        var rows = await blocked.ListAsync(call.SubAccount, Ids.UserOrNone(userId), Ids.CalendarOrNone(calendarId), from, to, call.Cancel);
        return ApiResult.Ok(new EventsAnswer { Events = [.. rows.Select(EventItem.Of)] });
    }

    private static async Task<ApiResult> BlockAsync(ApiCall call, BlockedTimes blocked, IdempotencyKeys keys)
    {
        var body = await call.ReadHereAsync<BlockSlot>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var slot = body.Value!;
        if (ApiTime.Read(slot.StartTime) is not { } start || ApiTime.Read(slot.EndTime) is not { } end)
        {
            return ApiResult.Unprocessable("startTime and endTime should not be empty");
        }

        if (string.IsNullOrEmpty(slot.CalendarId) && string.IsNullOrEmpty(slot.AssignedUserId))
        {
            return ApiResult.Unprocessable("Either calendarId or assignedUserId should not be empty");
        }

        var (id, misused) = await call.NewIdAsync(keys);
        if (misused is not null)
        {
            return misused;
        }

        var request = new BlockRequest(
            Ids.UserOrNone(slot.AssignedUserId), Ids.CalendarOrNone(slot.CalendarId), slot.Title ?? "Blocked", start, end);
        return Answer(await blocked.CreateAsync(id ?? Guid.CreateVersion7(call.Now), request, call.SubAccount, call.Cancel));
    }

    private static async Task<ApiResult> EditBlockAsync(string eventId, ApiCall call, BlockedTimes blocked)
    {
        var present = await blocked.FindAsync(Ids.Read(eventId), call.SubAccount, call.Cancel);
        var body = await call.ReadHereAsync<BlockSlot>(
            read => read.LocationId, present is null ? [] : [EventItem.Of(present), BlockedSlotAnswer.Of(present)]);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var slot = body.Value!;
        return Answer(await blocked.ChangeAsync(
            Ids.Read(eventId),
            slot.Title,
            ApiTime.Read(slot.StartTime),
            ApiTime.Read(slot.EndTime),
            Ids.UserOrNone(slot.AssignedUserId),
            Ids.CalendarOrNone(slot.CalendarId),
            call.SubAccount,
            call.Cancel));
    }

    private static ApiResult Answer(BlockOutcome outcome) => outcome.Blocked is { } blocked
        ? ApiResult.Created(BlockedSlotAnswer.Of(blocked))
        : ApiErrors.Of(outcome.Refusal!.Value, outcome.Message);

    private static ApiResult? Range(
        ApiCall call,
        string? locationId,
        string? groupId,
        string? startTime,
        string? endTime,
        out DateTimeOffset from,
        out DateTimeOffset to)
    {
        var (start, end) = (ApiTime.Read(startTime), ApiTime.Read(endTime));
        (from, to) = (start ?? default, end ?? default);
        if (call.NotHere(locationId) is { } elsewhere)
        {
            return elsewhere;
        }

        List<string> problems =
        [
            .. start is null ? [$"startTime {ApiTime.Expected}"] : Array.Empty<string>(),
            .. end is null ? [$"endTime {ApiTime.Expected}"] : Array.Empty<string>(),
            .. end <= start ? ["endTime must be after startTime"] : Array.Empty<string>(),
            .. end - start > LongestRange ? ["The range cannot be more than 366 days"] : Array.Empty<string>(),
            .. string.IsNullOrEmpty(groupId) ? Array.Empty<string>() : [CalendarEndpoints.NoGroups],
        ];
        return problems.Count == 0 ? null : ApiResult.Unprocessable(problems);
    }
}
