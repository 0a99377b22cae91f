using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Operations.Feedback;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Web.Startup;

/// <summary>Registers the use cases of the settings, team, activity and help pages. They are stateless.</summary>
internal static class SettingsServices
{
    public static WebApplicationBuilder AddSettings(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<DefaultLocations>();
        services.TryAddSingleton<CalendarQueries>();
        services.TryAddSingleton<CalendarSettings>();
        services.TryAddSingleton<CalendarTeam>();
        services.TryAddSingleton<UserAvailability>();
        services.TryAddSingleton<Team>();
        services.TryAddSingleton<TeamReader>();
        services.TryAddSingleton<SecondFactorSettings>();
        services.AddMembershipRules();
        services.TryAddSingleton<ICalendarAppointments, CalendarAppointments>();
        services.TryAddSingleton<Invitations>();
        services.TryAddSingleton<UpcomingAppointmentsReader>();
        services.TryAddSingleton<SetUpProgressReader>();
        services.TryAddSingleton<ActivityReader>();
        services.TryAddSingleton<NoticeReader>();
        services.TryAddSingleton<FeedbackService>();
        services.TryAddSingleton<QuotaStatusReader>();
        services.TryAddSingleton<TeamMessages>();
        services.AddScoped<Drafts>();
        return builder;
    }
}
