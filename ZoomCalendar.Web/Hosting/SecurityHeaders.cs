namespace ZoomCalendar.Web.Hosting;

/// <summary>The security headers of every response.</summary>
internal static class SecurityHeaders
{
    private const string NoFraming = "frame-ancestors 'none'";

    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        var formTargets = app.Services.GetRequiredService<FormActionOrigins>();
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

    /// <summary>Allows other sites to show this page in a frame. Must be called before the response starts.</summary>
    public static void AllowFraming(HttpResponse response, IReadOnlyList<string> origins)
    {
        if (origins.Count > 0)
        {
            response.Headers.XFrameOptions = default;
            response.Headers.ContentSecurityPolicy = response.Headers.ContentSecurityPolicy.ToString()
                .Replace(NoFraming, $"frame-ancestors 'self' {string.Join(' ', origins)}", StringComparison.Ordinal);
        }
    }

    // MudBlazor renders its theme as a <style> element and positions popovers by style attributes.
    private static string Policy(string formTargets) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; " +
        $"object-src 'none'; base-uri 'self'; {NoFraming}; form-action {$"'self' {formTargets}".TrimEnd()}";
}
