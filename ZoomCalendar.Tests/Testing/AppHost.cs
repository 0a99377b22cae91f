using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// The whole app on a real port of its own, with its own database and, where the app composes one, its own sandbox.
/// Starts with the demo's people and calendars. Everything is gone after disposal.
/// </summary>
public sealed class AppHost : IAsyncLifetime, IAsyncDisposable
{
    private readonly Action<IWebHostBuilder>? _configure;
    private readonly Factory _factory;
    private AppData? _data;

    /// <summary>For use as a fixture.</summary>
    public AppHost()
        : this(null)
    {
    }

    private AppHost(Action<IWebHostBuilder>? configure)
    {
        _configure = configure;
        _factory = new Factory(this);
        _factory.UseKestrel(0);
    }

    /// <summary><c>http://localhost:{port}</c>: another host name than the sandbox's, as in real life.</summary>
    public Uri Address { get; private set; } = default!;

    public IServiceProvider Services => _factory.Services;

    /// <param name="configure">Settings by <c>UseSetting</c>, other services by <c>ConfigureServices</c>.</param>
    public static async Task<AppHost> StartAsync(Action<IWebHostBuilder>? configure = null)
    {
        var host = new AppHost(configure);
        await host.InitializeAsync();
        return host;
    }

    public async Task InitializeAsync()
    {
        _data = await AppData.CreateAsync();
        _factory.StartServer();
        var listening = _factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri($"http://localhost:{new Uri(listening).Port}");
    }

    /// <summary>A visitor: keeps cookies, follows no redirects.</summary>
    public HttpClient NewVisitor() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public async Task<HttpClient> SignedInAsync(string email, string password = "Zoom-Calendar-1")
    {
        var visitor = NewVisitor();
        var answer = await visitor.PostFormAsync("/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect, "{0} signs in", email);
        return visitor;
    }

    public Task<ZoomCalendarContext> OpenDatabaseAsync() =>
        Services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>().CreateDbContextAsync();

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        if (_data is not null)
        {
            await _data.DisposeAsync();
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private sealed class Factory(AppHost host) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseContentRoot(AppContext.BaseDirectory);
            foreach (var (key, value) in host._data!.Settings)
            {
                builder.UseSetting(key, value);
            }

            builder.UseSetting("Sandbox:Port", "0");
            host._configure?.Invoke(builder);
        }
    }
}
