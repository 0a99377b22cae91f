using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components;

/// <summary>Razor components: the app behind sign-in is interactive, everything else is rendered once on the server.</summary>
internal static class UserInterface
{
    /// <summary>
    /// The maximum message size from a browser to its circuit. Enough for the longest form and for stored input.
    /// </summary>
    public const int MaxMessageBytes = 256 * 1024;

    private const string EnhancedNavigation = "blazor-enhanced-nav";

    // Settings of the framework, not of the app.
    private const string DotnetWatch = "DOTNET_WATCH";
    private const string ReloadAssets = "ReloadStaticAssetsAtRuntime";

    /// <summary>Paths whose callers cannot read an error page.</summary>
    private static readonly string[] ForPrograms = ["/api", "/_blazor", "/zoom/webhooks"];

    public static WebApplicationBuilder AddUserInterface(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[DotnetWatch] is null)
        {
            // The build compressed and fingerprinted every asset. In development the framework would otherwise compress each again at the
            // lowest level and forbid browsers to cache it; only "dotnet watch" needs that.
            builder.Configuration[ReloadAssets] ??= "false";
        }

        builder.AddPageCompression();
        builder.Services.AddLocalization();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(options => options.MaximumReceiveMessageSize = MaxMessageBytes);
        builder.Services.Configure<CircuitOptions>(options => options.DetailedErrors = builder.Environment.IsDevelopment());
        builder.Services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        // A form that cannot be read is answered 400 in development as elsewhere.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddSingleton<FormActionOrigins>();
        // A year is what browsers and standards ask for before they rely on it.
        builder.Services.AddHsts(options => (options.MaxAge, options.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        builder.Services.AddSingleton<Layout.ThemeSheet>();
        return builder;
    }

    public static WebApplication UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (ForPrograms.Any(start => context.Request.Path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase))
                && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } refused)
            {
                // The error page of a refused post is rendered as a GET, so it needs no token.
                context.Request.Method = HttpMethods.Get;
                // Razor components do not wait for data on a page that they know to be executed again. The refused page may have been one,
                // too, and they add their header once more.
                context.Response.Headers.Remove(EnhancedNavigation);
                context.Features.Set(new RefusedAddress(new(refused.OriginalPath)));
                context.Features.Set<IStatusCodeReExecuteFeature>(null);
                context.Response.SendLater(context.Response.StatusCode);
            }

            return next(context);
        });
        return app;
    }

    /// <summary>
    /// An address that nothing answers is not found, for visitors too: signing in would not help them.
    /// Comes after authentication, which answers addresses of its own: Zoom leads back to one.
    /// </summary>
    public static WebApplication UseUnknownAddresses(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not null)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app;
    }

    public static WebApplication MapUserInterface(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            // Our policy is stricter, and two policies would both apply.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
