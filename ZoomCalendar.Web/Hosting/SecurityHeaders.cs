namespace ZoomCalendar.Web.Hosting;

/// <summary>The headers that stand on every answer.</summary>
internal static class SecurityHeaders
{
    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        var formTargets = app.Services.GetRequiredService<FormTargets>();
        if (Uri.TryCreate(app.Configuration["Zoom:OAuthBaseUrl"], UriKind.Absolute, out var zoom))
        {
            formTargets.Allow(zoom);
        }

        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy(formTargets.Sources);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return next(context);
        });
        return app;
    }

    // Styles: MudBlazor writes its theme as a <style> element and positions popovers by style attributes.
    private static string Policy(string formTargets) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        $"object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action {$"'self' {formTargets}".TrimEnd()}";
}
