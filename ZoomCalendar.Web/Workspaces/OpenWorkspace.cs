using System.Security.Claims;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>The sub-account and role that this circuit shows; one per circuit, set by the layout.</summary>
internal sealed class OpenWorkspace(WorkspaceReader workspaces)
{
    public Actor? Actor { get; set; }

    /// <summary>The layout listens: what the context says (name, zone) was changed by a page.</summary>
    public event Func<Task>? Changed;

    public Task TellChangedAsync() => Changed?.Invoke() ?? Task.CompletedTask;

    /// <summary>False once the password, the role or the membership is no longer what this circuit was opened with.</summary>
    public async Task<bool> IsStillValidAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (!await workspaces.IsSameSessionAsync(principal, cancellationToken))
        {
            return false;
        }

        return Actor is not { UserId: { } userId } actor
            || await workspaces.RoleAsync(actor.SubAccountId, userId, cancellationToken) == actor.Role;
    }
}
