namespace ZoomCalendar.Sandbox.Api;

internal static class UserEndpoints
{
    public static void MapUserEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/users/{userId}", GetAsync);
        routes.MapFallback("/v2/{**rest}", context => SandboxErrors.NotRecognized.SendAsync(context));
    }

    public static bool IsOneself(SandboxUser user, string userId) => userId == "me" || userId == user.Id || userId == user.Email;

    private static async Task GetAsync(HttpContext context, string userId)
    {
        var user = SandboxCall.Of(context).User!;

        if (!IsOneself(user, userId))
        {
            await SandboxErrors.NoUser(userId).SendAsync(context);
            return;
        }

        var body = new
        {
            user.Id,
            user.AccountId,
            user.Email,
            user.FirstName,
            user.LastName,
            DisplayName = $"{user.FirstName} {user.LastName}",
            Type = user.Licensed ? 2 : 1,
            user.Timezone,
            Status = "active",
        };

        await SandboxAnswer.Of(StatusCodes.Status200OK, System.Text.Json.JsonSerializer.Serialize(body, SandboxJson.Zoom))
            .SendAsync(context);
    }
}
