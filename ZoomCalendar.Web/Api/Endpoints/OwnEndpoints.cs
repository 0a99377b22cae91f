using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Resources that the platform's API lacks: the link's state, an appointment's history, a user's connection and quota.</summary>
internal static class OwnEndpoints
{
    private const string Appointment = "/calendars/events/appointments/{eventId}";

    public static void MapOwn(this RouteGroupBuilder api)
    {
        api.MapGet(Appointment + "/link", LinkAsync)
            .Needs(TokenScopes.ReadEvents).Produces<LinkAnswer>()
            .WithName("get-appointment-link").WithSummary("An appointment's Zoom link: its state, meeting id and passcode");
        api.MapGet(Appointment + "/history", HistoryAsync)
            .Needs(TokenScopes.ReadEvents).Produces<HistoryAnswer>()
            .WithName("get-appointment-history").WithSummary("What happened to an appointment, the oldest first");
        api.MapGet("/users/{userId}/zoom", ZoomAsync)
            .Needs(TokenScopes.ReadZoom).Produces<ZoomAnswer>()
            .WithName("get-user-zoom").WithSummary("A user's Zoom connection, and the day's requests");
    }

    private static async Task<ApiResult> LinkAsync(string eventId, ApiCall call, AppointmentQueries appointments) =>
        await appointments.FindAsync(Ids.Appointment(eventId), call.SubAccount, call.Cancel) is { } view
            ? ApiResult.Ok(new LinkAnswer { Link = LinkItem.Of(view, call.Now) })
            : ApiResult.NotFound("Event not found");

    private static async Task<ApiResult> HistoryAsync(
        string eventId, string? limit, string? cursor, ApiCall call, AppointmentQueries appointments)
    {
        if (Cursor.Limit(limit) is not { } size)
        {
            return ApiResult.Unprocessable($"limit must be a number from 1 to {Cursor.MaxLimit}");
        }

        if ((string.IsNullOrEmpty(cursor) ? 0 : Cursor.Number(cursor)) is not { } after)
        {
            return ApiResult.Unprocessable("cursor must be a nextCursor of an earlier answer");
        }

        if (await appointments.HistoryAsync(Ids.Appointment(eventId), call.SubAccount, after, size + 1, call.Cancel) is not { } events)
        {
            return ApiResult.NotFound("Event not found");
        }

        return ApiResult.Ok(new HistoryAnswer
        {
            History = [.. events.Take(size).Select(HistoryItem.Of)],
            NextCursor = events.Count > size ? Cursor.Of(events[size - 1].Event.Id) : null,
        });
    }

    private static async Task<ApiResult> ZoomAsync(
        string userId, ApiCall call, ConnectionReader connections, QuotaStatusReader quota, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        var id = Ids.User(userId);
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        if (!await db.Memberships.AnyAsync(row => row.SubAccountId == call.SubAccount && row.UserId == id, call.Cancel))
        {
            return ApiResult.NotFound("User not found");
        }

        var card = await connections.FindAsync(call.SubAccount, id, call.Cancel);
        return ApiResult.Ok(card is null
            ? new ZoomAnswer { IsConnected = false }
            : new ZoomAnswer
            {
                IsConnected = card.Works,
                Connection = ConnectionItem.Of(card),
                Quota = QuotaItem.Of(await quota.ReadAsync(card.ZoomUserKey, call.Now, call.Cancel)),
            });
    }
}
