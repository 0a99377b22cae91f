using System.Security.Cryptography;
using System.Text;

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

    /// <summary>Lets this one inline style sheet or script pass the policy. Must be called before the response starts.</summary>
    /// <param name="directive"><c>style-src</c> or <c>script-src</c>.</param>
    /// <param name="content">Exactly what stands between the tags.</param>
    public static void AllowInline(HttpResponse response, string directive, string content)
    {
        var source = $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
        var policy = response.Headers.ContentSecurityPolicy.ToString();
        if (!policy.Contains(source, StringComparison.Ordinal))
        {
            response.Headers.ContentSecurityPolicy =
                policy.Replace($"{directive} 'self'", $"{directive} 'self'{source}", StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Allows style attributes, which MudBlazor needs to place popovers, and our calendar to place appointments. A page with a circuit
    /// calls it before the response starts. No page may have style elements but those of <see cref="AllowInline"/>.
    /// </summary>
    public static void AllowStyleAttributes(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = $"{response.Headers.ContentSecurityPolicy}; style-src-attr 'unsafe-inline'";

    private static string Policy(string formTargets) =>
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        $"object-src 'none'; base-uri 'self'; {NoFraming}; form-action {$"'self' {formTargets}".TrimEnd()}";
}
