using Microsoft.AspNetCore.Http.Features;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// An answer to a body that is too large says that the connection ends. The server does not read such a body to its end and closes the
/// connection after the answer; a client or proxy that was not told would lose its next request, which may be somebody else's.
/// </summary>
internal static class UnreadBodies
{
    public static WebApplication UseUnreadBodies(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (HttpProtocol.IsHttp11(context.Request.Protocol)
                && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            {
                context.Response.OnStarting(EndConnectionAsync, context);
            }

            return next(context);
        });
        return app;
    }

    private static Task EndConnectionAsync(object state)
    {
        var context = (HttpContext)state;
        var largest = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        // Without a length, a refusal may have left any part of the body unread.
        if (context.Request.ContentLength is { } length ? length > largest : context.Response.StatusCode >= 400)
        {
            context.Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
