using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

internal static class ScheduleSetup
{
    public static WebApplicationBuilder AddSchedule(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ScheduleReader>();
        builder.Services.TryAddSingleton<LinkRequests>();
        builder.Services.TryAddSingleton<LinkForecasts>();
        builder.Services.AddSingleton<LiveChanges>();
        builder.Services.AddHostedService<LiveChangesFeed>();
        return builder;
    }
}
