using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

internal static class AccountEndpoints
{
    public static WebApplication MapAccount(this WebApplication app)
    {
        // Binding a form is what makes the antiforgery check happen.
        app.MapPost(AccountUrls.SignOut, async Task<RedirectHttpResult> ([FromForm] string? returnUrl, SignInManager<User> signIn) =>
        {
            await signIn.SignOutAsync();
            return TypedResults.LocalRedirect(returnUrl is null ? AccountUrls.SignIn : ReturnUrl.Of(returnUrl).ToString());
        });
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
}
