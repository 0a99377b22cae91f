using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Meetings;

public static class MeetingsRegistration
{
    /// <summary>The reconciler and its loop, and the quota for people to read. Needs storage, the Zoom client and <see cref="Zoom.IZoomTokens"/>.</summary>
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Signals>();
        services.AddSingleton<QuotaReport>();
        services.AddSingleton<LinkRequests>();
        services.AddSingleton<StartLinks>();
        services.AddSingleton<MeetingReconciler>();
        services.AddSingleton<ReconcilerPulse>();
        services.AddHostedService<ReconcilerService>();
        return services;
    }
}
