using Microsoft.AspNetCore.Diagnostics;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>A static page that shows somebody signed in the shell of their sub-account around it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsShellAttribute : Attribute;

/// <summary>The address that was answered with an error page.</summary>
internal sealed record RefusedAddress(PathString Path);

/// <summary>Whose shell an error page keeps. Scoped: the document and its page ask the same.</summary>
internal sealed class KeptShell(WorkspaceReader workspaces)
{
    private Task<string?>? _slug;

    /// <summary>
    /// The sub-account of the refused address, or else the one last used. Null for visitors, on the pages for bookers, after a fault (the
    /// fault may lie in what the shell needs), and where the shell would be one open page too many.
    /// </summary>
    public Task<string?> SlugAsync(HttpContext context) => _slug ??= FindAsync(context);

    /// <summary>The address that was asked for, before it was answered with an error page.</summary>
    public static PathString AskedPath(HttpContext? context) => new(
        context?.Features.Get<RefusedAddress>()?.Path.Value
        ?? context?.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? context?.Request.Path.Value);

    private async Task<string?> FindAsync(HttpContext context)
    {
        var asked = AskedPath(context);
        var cancellationToken = context.RequestAborted;
        if (context.Features.Get<IExceptionHandlerPathFeature>() is not null
            || context.Items.ContainsKey(OpenPageLimits.NoMorePages)
            || asked.StartsWithSegments("/book", StringComparison.Ordinal)
            || !await workspaces.IsSameSessionAsync(context.User, cancellationToken)
            || context.User.UserId() is not { } user)
        {
            return null;
        }

        var slug = asked.StartsWithSegments("/a", StringComparison.Ordinal, out var rest)
            ? rest.Value?.Split('/', 3).ElementAtOrDefault(1)
            : null;
        return slug is { Length: > 0 } && await workspaces.FindAsync(slug, context.User, cancellationToken) is not null
            ? slug
            : await workspaces.LastUsedAsync(user, cancellationToken);
    }
}
