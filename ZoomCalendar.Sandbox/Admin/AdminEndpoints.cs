using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZoomCalendar.Sandbox.Admin;

/// <summary>The sandbox's controls over HTTP, for tests in other processes and for demonstrations.</summary>
internal static class AdminEndpoints
{
    public const string Pong = "zoom-sandbox";

    public static void UseSandboxJson(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        json.Encoder = SandboxJson.Plain.Encoder;
    }

    public static void MapAdminEndpoints(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/sandbox").AddEndpointFilter(RefuseNonsenseAsync);

        admin.MapGet("/ping", () => Pong);
        admin.MapGet("/state", StateReport.Of);
        admin.MapGet("/elsewhere", () => Results.Json(new { elsewhere = true }));
        admin.MapDelete("/requests", (SandboxControl control) => control.ClearRequests());

        admin.MapPost("/faults", (SandboxFault fault, SandboxControl control) => control.Fail(fault));
        admin.MapPost("/faults/random", (RandomFaults faults, SandboxControl control) => control.SetRandomFaults(faults));
        admin.MapDelete("/faults", (SandboxControl control) => control.ClearFaults());

        admin.MapPost(
            "/users",
            (NewUsers given, SandboxControl control) => given.All.Select(u => control.AddUser(u.Email, u.Licensed, u.IsAdmin)).ToList());
        admin.MapPatch(
            "/users/{email}", (string email, UserChange change, SandboxControl control) => control.ChangeUser(email, change.Apply));
        admin.MapPost("/users/{email}/tokens", (string email, SandboxControl control) => control.IssueTokens(email));
        admin.MapPost("/users/{email}/uninstall", (string email, SandboxControl control) => control.Uninstall(email));
        admin.MapPost("/users/{email}/expire", (string email, SandboxControl control) => control.ExpireAccessTokens(email));
        admin.MapPost(
            "/users/{email}/invalidate-refresh", (string email, SandboxControl control) => control.InvalidateRefreshTokens(email));
        admin.MapPost(
            "/users/{email}/approval",
            (string email, ApprovalChange change, SandboxControl control) => control.SetApproval(email, change.Approved));
        admin.MapPost(
            "/users/{email}/count",
            (string email, CountChange change, SandboxControl control) => control.SetCount(email, change.Count, change.Day));
        admin.MapPost("/users/{email}/meetings", (string email, NewMeeting meeting, SandboxControl control) => control.CreateByHand(
            email, meeting.Topic, meeting.Start, meeting.Minutes));

        admin.MapPatch("/meetings/{id:long}", (long id, MeetingEdit edit, SandboxControl control) =>
            Done(control.EditByHand(id, edit.Topic, edit.Start, edit.Passcode, edit.Minutes)));
        admin.MapDelete("/meetings/{id:long}", (long id, SandboxControl control) => Done(control.DeleteByHand(id)));

        admin.MapPost("/clock", SetClock);
        admin.MapPost("/limits", (LimitChange change, SandboxControl control) => control.RequestsPerSecond = change.RequestsPerSecond);

        admin.MapPost("/webhook", (WebhookChange change, SandboxControl control) => control.WebhookUrl = change.Url);
        admin.MapPost("/webhook/validate", async (SandboxControl control, CancellationToken ct) => new
        {
            valid = await control.ValidateWebhookUrlAsync(ct),
        });
        admin.MapPost("/webhook/post", async (RawWebhook raw, SandboxControl control, CancellationToken ct) =>
            new { status = await control.PostWebhookAsync(raw.Body, raw.Signature, raw.Timestamp, ct) });
    }

    private static IResult SetClock(ClockChange change, SandboxControl control)
    {
        if (change.Reset)
        {
            control.ResetClock();
        }

        if (change.Set is { } instant)
        {
            control.SetClock(instant);
        }

        control.ShiftClock(TimeSpan.FromSeconds(change.ShiftSeconds));
        return Results.Json(new { control.Now });
    }

    private static IResult Done(bool done) => done ? Results.NoContent() : Results.NotFound();

    private static async ValueTask<object?> RefuseNonsenseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ArgumentException exception)
        {
            return Results.BadRequest(new { exception.Message });
        }
    }
}
