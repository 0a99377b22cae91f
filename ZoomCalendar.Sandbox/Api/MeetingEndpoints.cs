using System.Globalization;
using System.Text;
using System.Text.Json;
using ZoomCalendar.Sandbox.Meetings;

namespace ZoomCalendar.Sandbox.Api;

internal static class MeetingEndpoints
{
    private const int AgendaInLists = 250;

    private static readonly SandboxAnswer NoContent = new(StatusCodes.Status204NoContent, [], new Dictionary<string, string>());

    public static void MapMeetingEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/users/{userId}/meetings", CreateAsync);
        routes.MapGet("/v2/users/{userId}/meetings", ListAsync);
        routes.MapGet("/v2/meetings/{meetingId}", GetAsync);
        routes.MapPatch("/v2/meetings/{meetingId}", UpdateAsync);
        routes.MapDelete("/v2/meetings/{meetingId}", DeleteAsync);
    }

    private static async Task CreateAsync(HttpContext context, string userId, MeetingService desk, MeetingJson json)
    {
        var user = SandboxCall.Of(context).User!;

        if (!UserEndpoints.IsOneself(user, userId))
        {
            await SandboxErrors.NoUser(userId).SendAsync(context);
            return;
        }

        if (!user.MayHost)
        {
            await SandboxErrors.MayNotHost.SendAsync(context);
            return;
        }

        var (draft, refusal) = await ReadAsync(context);

        if (refusal is not null)
        {
            await refusal.SendAsync(context);
            return;
        }

        await SandboxAnswer.Of(StatusCodes.Status201Created, json.Full(desk.Create(user, draft))).SendAsync(context);
    }

    private static async Task GetAsync(HttpContext context, string meetingId, MeetingService desk, MeetingJson json)
    {
        if (Find(context, meetingId, desk, out var refusal) is { } meeting)
        {
            await SandboxAnswer.Of(StatusCodes.Status200OK, json.Full(meeting)).SendAsync(context);
            return;
        }

        await refusal!.SendAsync(context);
    }

    private static async Task UpdateAsync(HttpContext context, string meetingId, MeetingService desk)
    {
        if (Find(context, meetingId, desk, out var refusal) is { } meeting)
        {
            (var draft, refusal) = await ReadAsync(context);

            if (refusal is null && desk.Update(meeting.Id, draft, meeting.HostEmail) is null)
            {
                refusal = SandboxErrors.NoMeeting(meetingId);
            }
        }

        await (refusal ?? NoContent).SendAsync(context);
    }

    private static async Task DeleteAsync(HttpContext context, string meetingId, MeetingService desk)
    {
        if (Find(context, meetingId, desk, out var refusal) is { } meeting && !desk.Delete(meeting.Id, meeting.HostEmail))
        {
            refusal = SandboxErrors.NoMeeting(meetingId);
        }

        await (refusal ?? NoContent).SendAsync(context);
    }

    private static async Task ListAsync(HttpContext context, string userId, MeetingService desk, State.SandboxClock clock)
    {
        var user = SandboxCall.Of(context).User!;
        var query = context.Request.Query;

        if (!UserEndpoints.IsOneself(user, userId))
        {
            await SandboxErrors.NoUser(userId).SendAsync(context);
            return;
        }

        if (!TryPageSize(query["page_size"], out var pageSize))
        {
            await SandboxErrors.Invalid([new FieldError("page_size", "Must be 1 to 300.")]).SendAsync(context);
            return;
        }

        var type = query["type"].ToString();
        var all = desk.Of(user.Id)
            .Where(m => type is not ("upcoming" or "upcoming_meetings") || m.StartTime.AddMinutes(m.Duration) > clock.Now).ToList();

        if (!TryStart(query["next_page_token"], user.Id, all, out var rest))
        {
            await SandboxErrors.InvalidPageToken.SendAsync(context);
            return;
        }

        var page = rest.Take(pageSize).ToList();
        var body = new
        {
            PageSize = pageSize,
            TotalRecords = all.Count,
            NextPageToken = page.Count < rest.Count ? PageToken(user.Id, page[^1]) : "",
            Meetings = page.Select(InList),
        };

        await SandboxAnswer.Of(StatusCodes.Status200OK, JsonSerializer.Serialize(body, SandboxJson.Zoom)).SendAsync(context);
    }

    private static SandboxMeeting? Find(HttpContext context, string meetingId, MeetingService desk, out SandboxAnswer? refusal)
    {
        var meeting = long.TryParse(meetingId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? desk.Find(id) : null;
        var own = meeting?.HostId == SandboxCall.Of(context).User!.Id ? meeting : null;
        refusal = own is null ? SandboxErrors.NoMeeting(meetingId) : null;

        return own;
    }

    private static async Task<(SandboxMeetingDraft Draft, SandboxAnswer? Refusal)> ReadAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);

            if (context.Request.HasJsonContentType() && body.RootElement.ValueKind == JsonValueKind.Object)
            {
                var (draft, errors) = MeetingReader.Read(body.RootElement);
                return (draft, errors.Count == 0 ? null : SandboxErrors.Invalid(errors));
            }
        }
        catch (JsonException)
        {
        }

        return (new SandboxMeetingDraft(), SandboxErrors.NoBody);
    }

    private static bool TryPageSize(string? text, out int size)
    {
        size = 30;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= 300);
    }

    // The token names the last returned meeting. Meetings created or deleted meanwhile neither repeat nor hide others.
    private static string PageToken(string userId, SandboxMeeting last) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userId}|{last.StartTime.UtcTicks}|{last.Id}"));

    private static bool TryStart(string? token, string userId, List<SandboxMeeting> all, out List<SandboxMeeting> rest)
    {
        rest = all;

        if (string.IsNullOrEmpty(token))
        {
            return true;
        }

        var bytes = new byte[token.Length];

        if (!Convert.TryFromBase64String(token, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split('|') is not [var user, var ticksText, var idText]
            || user != userId
            || !long.TryParse(ticksText, CultureInfo.InvariantCulture, out var ticks)
            || !long.TryParse(idText, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        rest = all.Where(m => m.StartTime.UtcTicks > ticks || (m.StartTime.UtcTicks == ticks && m.Id > id)).ToList();
        return true;
    }

    private static object InList(SandboxMeeting meeting) => new
    {
        meeting.Uuid,
        meeting.Id,
        meeting.HostId,
        meeting.Topic,
        meeting.Type,
        StartTime = SandboxJson.Instant(meeting.StartTime),
        meeting.Duration,
        meeting.Timezone,
        Agenda = meeting.Agenda.Length > AgendaInLists ? meeting.Agenda[..AgendaInLists] : meeting.Agenda,
        CreatedAt = SandboxJson.Instant(meeting.CreatedAt),
        meeting.JoinUrl,
    };
}
