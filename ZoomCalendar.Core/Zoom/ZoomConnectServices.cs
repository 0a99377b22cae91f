using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Zoom;

public static class ZoomConnectServices
{
    /// <summary>
    /// Accounts, connections and tokens. Needs storage, <see cref="ZoomServices.AddZoomClient"/>, Data Protection and <see cref="ZoomUserKeys"/>.
    /// All are singletons: none holds state between calls. Delayed disconnects have a loop of their own.
    /// </summary>
    public static IServiceCollection AddZoomConnections(this IServiceCollection services)
    {
        services.TryAddSingleton<Signals>();
        services.AddSingleton<TokenProtector>();
        services.AddSingleton<LostAccounts>();
        services.AddSingleton<TokenRefresh>();
        services.AddSingleton<TokenKeeper>();
        services.AddSingleton<IZoomTokens>(provider => provider.GetRequiredService<TokenKeeper>());
        services.AddSingleton<AccountAuthorization>();
        services.AddSingleton<Revocation>();
        services.AddSingleton<Connections>();
        services.AddSingleton<ConnectionReader>();
        services.AddSingleton<ConnectAttempts>();
        services.AddSingleton<DelayedDisconnects>();
        services.AddHostedService<DelayedDisconnectService>();
        services.AddSingleton<PendingConnections>();
        services.AddSingleton<Deauthorization>();
        services.AddSingleton<WebhookInbox>();
        services.AddSingleton<WebhookWork>();
        return services;
    }
}
