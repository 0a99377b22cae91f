using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

internal static class AccountEndpoints
{
    public static WebApplication MapAccount(this WebApplication app)
    {
        // Binding a form is what makes the antiforgery check happen.
        app.MapPost(AccountUrls.SignOut, SignOutAsync);
        app.MapPost(AccountUrls.PasskeyOptions, BeginPasskeyAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute());
        return app;
    }

    private static async Task<ContentHttpResult> BeginPasskeyAsync(HttpContext context, PasskeySignIn signIn)
    {
        var (request, problem) = await signIn.BeginAsync(context);
        context.Response.Headers.CacheControl = "no-store";
        // The status of a problem was set with it.
        return TypedResults.Text(
            request is null
                ? JsonSerializer.Serialize(new { problem })
                : JsonSerializer.Serialize(new { options = JsonNode.Parse(request.Options), state = request.State }),
            MediaTypeNames.Application.Json);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(
        [FromForm] string? returnUrl, HttpContext context, SignInManager<User> signIn, AuditLog audit, TimeProvider clock)
    {
        var user = context.User.UserId();
        await signIn.SignOutAsync();
        if (user is { } signedOut)
        {
            await audit.RecordAccountEventAsync(AuditKind.SignedOut, signedOut, "", clock.GetUtcNow(), context.RequestAborted);
        }

        return TypedResults.LocalRedirect(returnUrl is null ? AccountUrls.SignIn : ReturnUrl.Of(returnUrl).ToString());
    }
}
