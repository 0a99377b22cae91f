using System.Net;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Outside Development the app answers under the host of <c>PublicUrl</c> only, and as over TLS, whether or not the proxy that ends TLS is
/// known: cookies are Secure and HSTS is sent. Programs on the same machine may use its loopback address, and health checks any.
/// </summary>
internal static class OwnAddress
{
    /// <summary>After the proxy's headers, before everything that reads scheme or host.</summary>
    public static WebApplication UseOwnAddress(this WebApplication app)
    {
        if (app.Environment.IsDevelopment() || PublicUrl.Read(app.Configuration, app.Environment) is not { } own)
        {
            return app;
        }

        app.Use((context, next) =>
        {
            var request = context.Request;
            if (string.Equals(request.Host.Host, own.IdnHost, StringComparison.OrdinalIgnoreCase))
            {
                request.Scheme = own.Scheme;
                return next(context);
            }

            if (IsLocal(context) || request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync($"This app is at {own}. Open it there.");
        });
        return app;
    }

    /// <summary>Browsers send the origin of the page with a web socket and a post. Other programs have no user's cookie to abuse.</summary>
    public static bool IsFromOwnPage(HttpRequest request, PublicUrl publicUrl) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || origin == $"{request.Scheme}://{request.Host}"
        || (Uri.TryCreate(publicUrl.Of(request, "/"), UriKind.Absolute, out var own) && origin == own.GetLeftPart(UriPartial.Authority));

    /// <summary>A page of another site must not open a connection with a visitor's cookie: web sockets know no same-origin rule.</summary>
    public static WebApplication UseOwnOrigin(this WebApplication app)
    {
        var publicUrl = app.Services.GetRequiredService<PublicUrl>();
        app.Use((context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
                || IsFromOwnPage(context.Request, publicUrl))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
        return app;
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (context.Request.Host.Host is "localhost"
            || (IPAddress.TryParse(context.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)));
}
