using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Registers the services of this room.</summary>
public static class ReconciliationRegistration
{
    /// <summary>
    /// Adds the reconciler, its background service and the quota reader. Needs storage, the Zoom client and
    /// <see cref="IAccessTokenProvider"/>.
    /// </summary>
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Signals>();
        services.AddSingleton<QuotaStatusReader>();
        services.AddSingleton<IAccountMeetings, AccountMeetings>();
        services.AddSingleton<WebhookInboxProcessor>();
        services.AddSingleton<DisconnectForecaster>();
        services.AddSingleton<LinkRenewal>();
        services.AddSingleton<StartLinkFetcher>();
        services.AddSingleton<MeetingReconciler>();
        services.AddSingleton<ReconcilerHeartbeat>();
        services.AddHostedService<ReconcilerService>();
        return services;
    }
}
