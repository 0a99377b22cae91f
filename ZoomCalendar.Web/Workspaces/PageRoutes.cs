using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>All pages of the app by their route templates, as the code declares them.</summary>
internal static class PageRoutes
{
    public static IReadOnlyList<(string Template, Type Page)> Pages { get; } =
    [
        .. from type in typeof(PageRoutes).Assembly.GetTypes()
           from route in type.GetCustomAttributes<RouteAttribute>()
           orderby route.Template
           select (route.Template, type),
    ];

    /// <summary>The signed-in pages' templates without the sub-account: <c>profile/integrations</c>.</summary>
    public static IReadOnlyList<string> WorkspacePaths { get; } =
    [
        .. Pages.Where(page => page.Template.StartsWith(AppUrls.Prefix, StringComparison.Ordinal))
        .Select(page => page.Template[AppUrls.Prefix.Length..]),
    ];

    public static bool Exists(string workspacePath) => WorkspacePaths.Contains(workspacePath);
}
