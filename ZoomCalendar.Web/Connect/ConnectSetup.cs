using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Connect;

/// <summary>Everything between the app and Zoom: settings, keys, the OAuth round trip, webhooks, the reconciler, the sandbox.</summary>
internal static class ConnectSetup
{
    public static WebApplicationBuilder AddZoom(this WebApplicationBuilder builder)
    {
        var (services, environment) = (builder.Services, builder.Environment);
        var folders = new AppFolders(builder.Configuration, environment);
        services.AddKeyRing(MasterKeySource.Load(
            builder.Configuration, environment.IsDevelopment() ? Path.Combine(folders.Data, "keys", "master.key") : null));
        services.AddZoomClient(builder.Configuration);
        services.AddZoomConnections();
        services.AddMeetings();

        services.AddSingleton<SandboxHost>();
        services.AddSingleton<IPostConfigureOptions<ZoomOptions>, SandboxSettings>();

        services.AddAuthentication().AddOAuth<OAuthOptions, ZoomOAuthHandler>(ZoomScheme.Name, "Zoom", _ => { });
        services.AddSingleton<IConfigureOptions<OAuthOptions>, ZoomScheme>();
        services.AddSingleton<ConnectFlow>();

        services.AddHostedService<WebhookWorker>();
        services.AddHostedService<ConnectSweep>();
        return builder;
    }

    public static WebApplication MapZoom(this WebApplication app)
    {
        app.MapConnect();
        app.MapStart();
        app.MapZoomWebhooks();
        return app;
    }
}
