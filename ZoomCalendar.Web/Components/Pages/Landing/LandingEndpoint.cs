using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Landing;

/// <summary>The address of the site itself: for a visitor what this is, for somebody signed in their calendar.</summary>
internal static class LandingEndpoint
{
    public static WebApplication MapLandingPage(this WebApplication app)
    {
        app.MapGet("/", (
            HttpContext context,
            ClaimsPrincipal user,
            WorkspaceReader workspaces,
            PublicUrl publicUrl,
            IOptions<AccountOptions> accounts,
            CancellationToken cancellationToken) =>
            user.UserId() is not null
                ? BarePathRedirects.RedirectAsync(AppUrls.Calendar, "", user, workspaces, cancellationToken)
                : Task.FromResult(Page(context, publicUrl, accounts.Value.AllowRegistration is true)))
            .AllowAnonymous().WithPageAssets(app);
        return app;
    }

    private static IResult Page(HttpContext context, PublicUrl publicUrl, bool canRegister)
    {
        // Signed in, the same address leads elsewhere.
        context.Response.Headers.CacheControl = "no-cache";
        return new RazorComponentResult<LandingPage>(new { Address = publicUrl.Of(context.Request, "/"), CanRegister = canRegister })
        {
            PreventStreamingRendering = true,
        };
    }
}
