using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Layout;

/// <summary>One entry of the sidebar. A heading stands above the first entry of a group.</summary>
internal sealed record NavItem(
    string Name, string Path, string Icon, NavLinkMatch Match = NavLinkMatch.Prefix, string? Heading = null, bool ForAdmins = false)
{
    public static IReadOnlyList<NavItem> All { get; } =
    [
        new("Calendar", AppUrls.Calendar, Icons.Material.Outlined.CalendarMonth),
        new("Activity", AppUrls.Activity, Icons.Material.Outlined.History),
        new("User Profile", AppUrls.Profile, Icons.Material.Outlined.Person, NavLinkMatch.All, "You"),
        new("Integrations", AppUrls.Integrations, Icons.Material.Outlined.VideoCall),
        new("Calendar Settings", AppUrls.CalendarSettings, Icons.Material.Outlined.EditCalendar, Heading: "Settings"),
        new("Team Management", AppUrls.Team, Icons.Material.Outlined.Group, ForAdmins: true),
        new("Messages", AppUrls.Messages, Icons.Material.Outlined.MailOutline, ForAdmins: true),
        new("Private Integrations", AppUrls.PrivateIntegrations, Icons.Material.Outlined.Key, ForAdmins: true),
        new("Help", AppUrls.Help, Icons.Material.Outlined.HelpOutline, Heading: "Help"),
    ];
}
