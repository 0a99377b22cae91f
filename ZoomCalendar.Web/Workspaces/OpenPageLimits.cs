using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Options;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Bounds the pages that a user and a network address hold open: each is a connection to <c>/_blazor</c> and memory on this node. A page
/// beyond the limit is answered with an error page that says so, a connection beyond it with 503.
/// </summary>
internal static class OpenPageLimits
{
    private const string Hub = "/_blazor";

    /// <summary>Marks a request whose error page must not open a page of its own.</summary>
    public static object NoMorePages { get; } = new();

    public static WebApplicationBuilder AddOpenPageLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConnectionLimits>().BindConfiguration(ConnectionLimits.SectionName);
        builder.Services.AddSingleton<OpenConnections>();
        return builder;
    }

    /// <summary>After authentication.</summary>
    public static WebApplication UseOpenPageLimits(this WebApplication app)
    {
        var open = app.Services.GetRequiredService<OpenConnections>();
        var limits = app.Services.GetRequiredService<IOptions<ConnectionLimits>>().Value;
        app.Use(async (context, next) =>
        {
            IReadOnlyList<ConnectionCount> counts = context.User.UserId() is { } user
                ? [limits.PagesOf(user), limits.PagesOf(context)]
                : [limits.PagesOf(context)];
            if (IsConnection(context))
            {
                using var opened = open.TryOpen(counts);
                if (opened is null)
                {
                    ConnectionLimits.Refuse(context.Response, StatusCodes.Status503ServiceUnavailable);
                    return;
                }

                await next(context);
            }
            else if (WillConnect(context) && open.IsFull(counts))
            {
                context.Items[NoMorePages] = true;
                ConnectionLimits.Refuse(context.Response, StatusCodes.Status503ServiceUnavailable);
            }
            else
            {
                await next(context);
            }
        });
        return app;
    }

    /// <summary>A web socket, or a long poll, which is open most of the time.</summary>
    private static bool IsConnection(HttpContext context) =>
        context.Request.Path.Equals(Hub, StringComparison.OrdinalIgnoreCase)
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsConnect(context.Request.Method));

    private static bool WillConnect(HttpContext context) =>
        context.Request.Path.StartsWithSegments($"{Hub}/negotiate", StringComparison.OrdinalIgnoreCase)
        || (context.User.UserId() is not null
            && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            && context.AcceptsInteractiveRouting());
}
