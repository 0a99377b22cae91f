using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Sandbox.Admin;
using ZoomCalendar.Sandbox.Api;
using ZoomCalendar.Sandbox.Faults;
using ZoomCalendar.Sandbox.Meetings;
using ZoomCalendar.Sandbox.OAuth;
using ZoomCalendar.Sandbox.Pages;
using ZoomCalendar.Sandbox.State;
using ZoomCalendar.Sandbox.Webhooks;

namespace ZoomCalendar.Sandbox;

/// <summary>A stand-in for Zoom on its own loopback port, inside the process that starts it.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxServer(WebApplication app, Uri baseAddress)
    {
        _app = app;
        BaseAddress = baseAddress;
        Control = new SandboxControl(app.Services);
    }

    /// <summary>Ends with a slash. What Zoom:OAuthBaseUrl is set to, without it.</summary>
    public Uri BaseAddress { get; }

    public string OAuthBaseUrl => BaseAddress.ToString().TrimEnd('/');

    public string ApiBaseUrl => $"{BaseAddress}v2";

    public SandboxControl Control { get; }

    /// <summary>
    /// Throws an <see cref="IOException"/> when the port is taken: ask <see cref="AnswersAsync"/> whether it is by a sandbox.
    /// </summary>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        // An empty builder: settings files, environment variables and signals of the host process do not affect the sandbox.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options.Port));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddRouting();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        AddSandbox(builder.Services, options, time);

        var app = builder.Build();

        try
        {
            Map(app);
            app.Services.GetRequiredService<UserDirectory>().AddDefaults();
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = new Uri(app.Urls.Single());
        app.Services.GetRequiredService<PublicAddress>().Base = address;

        return new SandboxServer(app, address);
    }

    /// <summary>Whether a sandbox answers on this port, for instance that of another process.</summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken = default)
    {
        // A busy sandbox still counts as a sandbox.
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };

        try
        {
            return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/sandbox/ping"), cancellationToken) == AdminEndpoints.Pong;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, port);
    }

    private static void AddSandbox(IServiceCollection services, SandboxOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton(_ => new SandboxStore(options.StateFile));
        services.AddSingleton<SandboxClock>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<MeetingService>();
        services.AddSingleton<MeetingJson>();
        services.AddSingleton<SandboxWebhookSender>();
        services.AddSingleton<ZoomEvents>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<CallReader>();
        services.AddSingleton<FaultSwitches>();
        services.AddSingleton<FaultyAnswer>();
        services.AddSingleton<SandboxPipeline>();
        services.AddSingleton(provider => new SandboxControl(provider));
        services.ConfigureHttpJsonOptions(json => AdminEndpoints.UseSandboxJson(json.SerializerOptions));
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<SandboxPipeline>();
        app.MapTokenEndpoints();
        app.MapAuthorizeEndpoints();
        app.MapUserEndpoints();
        app.MapMeetingEndpoints();
        app.MapAdminEndpoints();
        app.MapHomePage();
    }

    // The host process decides when to stop; a second listener to Ctrl+C would stop the sandbox under it.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
