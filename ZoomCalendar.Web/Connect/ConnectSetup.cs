using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Connect;

/// <summary>Everything between the app and Zoom: settings, keys, the OAuth round trip, webhooks, the reconciler, the sandbox.</summary>
internal static class ConnectSetup
{
    public static WebApplicationBuilder AddZoom(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddKeys();
        services.AddZoomClient(builder.Configuration);
        services.AddZoomConnections();
        services.AddReconciliation();

        services.AddSingleton<SandboxHost>();
        services.AddSingleton<IPostConfigureOptions<ZoomOptions>, SandboxZoomOptions>();

        services.AddAuthentication().AddOAuth<OAuthOptions, ZoomOAuthHandler>(ZoomScheme.Name, "Zoom", _ => { });
        services.AddSingleton<IConfigureOptions<OAuthOptions>, ZoomScheme>();
        services.AddSingleton<ConnectFlow>();

        services.AddHostedService<WebhookInboxService>();
        services.AddHostedService<ConnectionSweepService>();
        return builder;
    }

    /// <summary>Only the key ring, for commands that create links.</summary>
    public static WebApplicationBuilder AddKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddKeyRing(MasterKeyOf(builder));
        return builder;
    }

    /// <summary>The master key of the settings; in Development else of a file.</summary>
    public static MasterKey MasterKeyOf(WebApplicationBuilder builder)
    {
        var folders = new AppFolders(builder.Configuration, builder.Environment);
        return MasterKeySource.Load(
            builder.Configuration, builder.Environment.IsDevelopment() ? Path.Combine(folders.Data, "keys", "master.key") : null);
    }

    public static WebApplication MapZoom(this WebApplication app)
    {
        app.MapConnect();
        app.MapStart();
        app.MapZoomWebhooks();
        return app;
    }
}
