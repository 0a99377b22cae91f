using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>Registers the services of this room.</summary>
public static class ConnectionRegistration
{
    /// <summary>
    /// Registers accounts, connections and tokens as singletons, and the background service of delayed disconnects. Needs storage,
    /// <see cref="ZoomRegistration.AddZoomClient"/> and the key ring (<see cref="KeyRingRegistration"/>).
    /// </summary>
    public static IServiceCollection AddZoomConnections(this IServiceCollection services)
    {
        services.TryAddSingleton<Signals>();
        services.AddSingleton(provider => new ZoomUserKeys(provider.GetRequiredService<HashKey>().Read()));
        services.AddSingleton<TokenProtector>();
        services.AddSingleton<AccountLossRecorder>();
        services.AddSingleton<TokenRefresher>();
        services.AddSingleton<AccessTokenProvider>();
        services.AddSingleton<IAccessTokenProvider>(provider => provider.GetRequiredService<AccessTokenProvider>());
        services.AddSingleton<AccountAuthorization>();
        services.AddSingleton<TokenRevoker>();
        services.AddSingleton<ZoomConnections>();
        services.AddSingleton<ConnectionReader>();
        services.AddSingleton<ConnectAttempts>();
        services.AddSingleton<DelayedDisconnects>();
        services.AddHostedService<DelayedDisconnectService>();
        services.AddSingleton<PendingConnections>();
        services.AddSingleton<DeauthorizationHandler>();
        services.AddSingleton<WebhookInbox>();
        return services;
    }
}
