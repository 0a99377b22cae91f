using System.Security.Claims;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Redirects the address of a signed-in page without a sub-account, such as <c>/profile</c>, to the sub-account last used.
/// </summary>
internal static class BarePathRedirects
{
    public static WebApplication MapBarePaths(this WebApplication app)
    {
        app.MapGet("/a/{slug}", (string slug) => TypedResults.LocalRedirect(AppUrls.In(Uri.EscapeDataString(slug), AppUrls.Calendar)));

        foreach (var path in PageRoutes.WorkspacePaths)
        {
            app.MapGet("/" + path,
                (HttpRequest request, ClaimsPrincipal user, WorkspaceReader workspaces, CancellationToken cancellationToken) =>
                RedirectAsync(request.Path.ToUriComponent(), request.QueryString.Value ?? "", user, workspaces, cancellationToken));
        }

        return app;
    }

    /// <summary>To the page of the sub-account last used.</summary>
    public static async Task<IResult> RedirectAsync(
        string path, string query, ClaimsPrincipal user, WorkspaceReader workspaces, CancellationToken cancellationToken) =>
        await workspaces.LastUsedAsync(user.UserId()!.Value, cancellationToken) is { } slug
            ? TypedResults.LocalRedirect(AppUrls.In(slug, path) + query)
            : TypedResults.LocalRedirect("/account/no-sub-account");
}
