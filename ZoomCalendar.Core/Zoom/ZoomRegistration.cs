using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Registers the Zoom clients.</summary>
public static class ZoomRegistration
{
    // The limit of SocketsHttpHandler for DNS and connecting. It is shorter than any request, so a request that it ends was not sent.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Registers <see cref="ZoomClient"/> and <see cref="ZoomOAuthClient"/>; both can be kept by singletons.</summary>
    public static IServiceCollection AddZoomClient(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ZoomOptions>().Bind(configuration.GetSection(ZoomOptions.SectionName)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ZoomOptions>, ZoomOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ZoomResilience>();

        AddTyped(services, "Zoom", (http, provider) => new ZoomClient(
            http, Options(provider), provider
                .GetRequiredService<ZoomResilience>(), provider
                .GetRequiredService<TimeProvider>(), provider
                .GetRequiredService<ILogger<ZoomClient>>()));
        AddTyped(services, "Zoom OAuth", (http, provider) => new ZoomOAuthClient(
            http, Options(provider), provider
                .GetRequiredService<ZoomResilience>(), provider
                .GetRequiredService<TimeProvider>(), provider
                .GetRequiredService<ILogger<ZoomOAuthClient>>()));

        return services;
    }

    private static void AddTyped<TClient>(IServiceCollection services, string name, Func<HttpClient, IServiceProvider, TClient> create)
        where TClient : class =>
        services.AddHttpClient(name)
            .ConfigureHttpClient(http =>
            {
                // ZoomResilience has the time-out, which includes reading the body.
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
                http.DefaultRequestHeaders.UserAgent.ParseAdd("ZoomCalendar/1.0");
            })
            .UseSocketsHttpHandler((handler, provider) => Configure(handler, Options(provider).Value))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // PooledConnectionLifetime follows DNS instead
            .RemoveAllLoggers() // it would log addresses; ZoomHttp logs what may be logged
            .AddTypedClient(create);

    private static void Configure(SocketsHttpHandler handler, ZoomOptions options)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = ConnectTimeout;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.MaxConnectionsPerServer = options.MaxConcurrentRequests; // never fewer than may be in flight: nothing queues unseen
    }

    private static IOptions<ZoomOptions> Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ZoomOptions>>();
}
