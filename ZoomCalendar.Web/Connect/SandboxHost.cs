using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Connect;

/// <summary>The sandbox that replaces Zoom in Development: started by this process, or already running on its port.</summary>
internal sealed class SandboxHost : IAsyncDisposable, IDisposable
{
    private const int DefaultPort = 5081;

    /// <summary>Null: the sandbox runs in another process, or there is none.</summary>
    public SandboxServer? Server { get; private set; }

    /// <summary>Without a trailing slash; null: this app uses the real Zoom.</summary>
    public string? Address { get; private set; }

    public async Task StartAsync(WebApplication app)
    {
        if (!IsWanted(app.Configuration, app.Environment))
        {
            return;
        }

        var folders = app.Services.GetRequiredService<AppFolders>();
        var port = app.Configuration.GetValue("Sandbox:Port", DefaultPort);
        Directory.CreateDirectory(folders.Data);
        var options = new SandboxOptions { Port = port, StateFile = Path.Combine(folders.Data, "sandbox.json") };
        try
        {
            Server = await SandboxServer.StartAsync(
                options, app.Services.GetRequiredService<TimeProvider>(), app.Lifetime.ApplicationStopping);
            Address = Server.OAuthBaseUrl;
        }
        catch (IOException) when (port != 0)
        {
            Address = await SandboxServer.AnswersAsync(port, app.Lifetime.ApplicationStopping)
                ? $"http://127.0.0.1:{port}"
                : throw new StartupException(
                    $"Sandbox:Port {port} is taken by another program. Set Sandbox:Port to a free one, or to 0 for any.");
        }

        app.Services.GetRequiredService<FormActionOrigins>().Allow(new Uri(Address));
        app.Lifetime.ApplicationStarted.Register(() => SendWebhooksTo(app));
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is { } server)
        {
            Server = null;
            await server.DisposeAsync();
        }
    }

    // A host that is disposed synchronously, as in tests, needs this method.
#pragma warning disable RS0030
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030

    internal static bool IsWanted(IConfiguration configuration, IHostEnvironment environment)
    {
        var asked = configuration.GetValue<bool?>("Zoom:UseSandbox");
        if (asked is true && !environment.IsDevelopment())
        {
            throw new StartupException(
                "Zoom:UseSandbox is true, but this is not Development: links would lead nowhere. Remove it and set Zoom:ClientId "
                    + "and Zoom:ClientSecret.");
        }

        return environment.IsDevelopment() && (asked ?? string.IsNullOrEmpty(configuration["Zoom:ClientId"]));
    }

    private void SendWebhooksTo(WebApplication app)
    {
        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        var address = listening?.Select(BindingAddress.Parse).FirstOrDefault(binding => binding.Scheme == "http" && !binding.IsUnixPipe);
        if (Server is { } server && address is not null)
        {
            server.Control.WebhookUrl = $"http://127.0.0.1:{address.Port}{WebhookEndpoint.Path}";
        }
    }
}
