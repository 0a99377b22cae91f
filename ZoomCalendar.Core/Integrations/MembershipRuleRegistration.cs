using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;

namespace ZoomCalendar.Core.Integrations;

/// <summary>Registers the membership rules of all rooms.</summary>
public static class MembershipRuleRegistration
{
    /// <summary>
    /// Registers what each room does when a member changes role or leaves, in the order of the rooms. Needs the services of
    /// <c>AddZoomConnections</c>.
    /// </summary>
    public static IServiceCollection AddMembershipRules(this IServiceCollection services) => services
        .AddSingleton<IMembershipRule, ConnectionMembershipRule>()
        .AddSingleton<IMembershipRule, CalendarMembershipRule>()
        .AddSingleton<IMembershipRule, HostedAppointmentsRule>()
        .AddSingleton<IMembershipRule, TokenMembershipRule>();
}
