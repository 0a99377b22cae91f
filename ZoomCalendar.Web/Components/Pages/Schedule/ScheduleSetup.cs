using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

internal static class ScheduleSetup
{
    public static WebApplicationBuilder AddSchedule(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ScheduleReader>();
        builder.Services.TryAddSingleton<LinkRenewal>();
        builder.Services.TryAddSingleton<LinkForecaster>();
        builder.Services.AddSingleton<LiveChanges>();
        builder.Services.AddHostedService<LiveChangesFeed>();
        return builder;
    }
}
