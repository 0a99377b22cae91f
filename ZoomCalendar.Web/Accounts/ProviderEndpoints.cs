using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Where the forms lead that begin a round trip to the OpenID Connect provider.</summary>
internal static partial class ProviderEndpoints
{
    public static WebApplication MapProvider(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ProviderOptions>() is { IsOn: true } provider)
        {
            app.Services.GetRequiredService<FormActionOrigins>().Allow(new Uri(provider.Authority));
        }

        // Binding a form is what makes the antiforgery check happen.
        app.MapPost(
            AccountUrls.Provider,
            ([FromForm] string? returnUrl, [FromForm] string? timeZone, [FromForm] string? again, HttpContext context) =>
                BeginAsync(context, ReturnUrl.Of(returnUrl), null, timeZone, again is "true")).AllowAnonymous();
        app.MapPost(AccountUrls.LinkProvider, ([FromForm] string? returnUrl, ClaimsPrincipal principal, HttpContext context) =>
            BeginAsync(context, ReturnUrl.Of(returnUrl), principal.UserId(), null)).RequireAuthorization();
        return app;
    }

    private static async Task BeginAsync(HttpContext context, ReturnUrl returnUrl, UserId? user, string? timeZone, bool again = false)
    {
        var services = context.RequestServices;
        if (!services.GetRequiredService<ProviderOptions>().IsOn)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var permit = await services.GetRequiredService<AccountGate>().EnterAsync(context, hashes: false);
        if (permit.Problem is not null)
        {
            // The status page says to try again later.
            return;
        }

        var properties = ProviderCallback.Begin(returnUrl, user, timeZone);
        if (again)
        {
            // Whoever is signed in at the provider has to prove afresh that it is them.
            properties.SetParameter(OpenIdConnectParameterNames.Prompt, OpenIdConnectPrompt.Login);
        }

        try
        {
            await context.ChallengeAsync(ProviderSetup.Scheme, properties);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException)
        {
            Log.Unreachable(services.GetRequiredService<ILogger<ProviderDiscovery>>(), exception.Message);
            context.Response.Redirect(ProviderCallback.PageOf(properties, ProviderResult.Unreachable));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The OpenID Connect provider cannot be reached: {Problem}")]
        public static partial void Unreachable(ILogger logger, string problem);
    }
}
