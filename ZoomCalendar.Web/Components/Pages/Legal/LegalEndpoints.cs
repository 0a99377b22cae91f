using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Legal;

namespace ZoomCalendar.Web.Components.Pages.Legal;

/// <summary>The pages about the operator, privacy, terms and Zoom, and the file by which Zoom verifies the domain.</summary>
internal static class LegalEndpoints
{
    public static WebApplication MapLegalPages(this WebApplication app)
    {
        // Reads the operator's files now, so that a later change or loss of a file has no effect until the next start.
        var site = app.Services.GetRequiredService<SiteOperator>();
        var pages = app.MapGroup("").WithPageAssets(app).AllowAnonymous();
        Map<PrivacyPage>(pages, LegalUrls.Privacy);
        Map<TermsPage>(pages, LegalUrls.Terms);
        Map<SupportPage>(pages, LegalUrls.Support);
        Map<ZoomGuidePage>(pages, LegalUrls.ZoomGuide);
        app.MapGet(LegalUrls.ZoomVerification, Results<ContentHttpResult, NotFound> () =>
            site.ZoomVerification is { } code ? TypedResults.Text(code, "text/html") : TypedResults.NotFound()).AllowAnonymous();
        return app;
    }

    private static void Map<TPage>(RouteGroupBuilder pages, string address)
        where TPage : IComponent =>
        pages.MapGet(address, (HttpContext context, PublicUrl publicUrl) =>
        {
            // The addresses of the style sheets change with each version.
            context.Response.Headers.CacheControl = "no-cache";
            return new RazorComponentResult<TPage>(new { Address = publicUrl.Of(context.Request, address) })
            {
                PreventStreamingRendering = true,
            };
        });
}
