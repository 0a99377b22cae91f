using Microsoft.AspNetCore.Components.Server;
using MudBlazor;
using MudBlazor.Services;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Components;

/// <summary>Razor components: the app behind sign-in is interactive, everything else is rendered once on the server.</summary>
internal static class UserInterface
{
    public static WebApplicationBuilder AddUserInterface(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.Configure<CircuitOptions>(options => options.DetailedErrors = builder.Environment.IsDevelopment());
        builder.Services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        builder.Services.AddSingleton<FormTargets>();
        return builder;
    }

    public static WebApplication UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        return app;
    }

    public static WebApplication MapUserInterface(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            // Ours says more; two policies would both apply.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
