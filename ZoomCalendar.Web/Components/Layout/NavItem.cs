using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Layout;

/// <summary>One entry of the sidebar. A heading stands above the first entry of a group.</summary>
internal sealed record NavItem(
    string Name, string Path, string Icon, NavLinkMatch Match = NavLinkMatch.Prefix, string? Heading = null, bool ForAdmins = false)
{
    public static IReadOnlyList<NavItem> All(IStringLocalizer<LayoutStrings> loc) =>
    [
        new(loc["Calendar"], AppUrls.Calendar, Icons.Material.Outlined.CalendarMonth),
        new(loc["Activity"], AppUrls.Activity, Icons.Material.Outlined.History),
        new(loc["User Profile"], AppUrls.Profile, Icons.Material.Outlined.Person, NavLinkMatch.All, loc["You"]),
        new(loc["Integrations"], AppUrls.Integrations, Icons.Material.Outlined.VideoCall),
        new(loc["Calendar Settings"], AppUrls.CalendarSettings, Icons.Material.Outlined.EditCalendar, Heading: loc["Settings"]),
        new(loc["Team Management"], AppUrls.Team, Icons.Material.Outlined.Group, ForAdmins: true),
        new(loc["Messages"], AppUrls.Messages, Icons.Material.Outlined.MailOutline, ForAdmins: true),
        new(loc["Private Integrations"], AppUrls.PrivateIntegrations, Icons.Material.Outlined.Key, ForAdmins: true),
        new(loc["Privacy"], AppUrls.Privacy, Icons.Material.Outlined.PrivacyTip, ForAdmins: true),
        new(loc["Security log"], AppUrls.SecurityLog, Icons.Material.Outlined.Policy, ForAdmins: true),
        new(loc["Help"], AppUrls.Help, Icons.Material.Outlined.HelpOutline, Heading: loc["Help"]),
    ];
}
