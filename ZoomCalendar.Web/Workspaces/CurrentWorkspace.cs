using System.Security.Claims;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>The sub-account and role of this circuit; set by the layout.</summary>
internal sealed class CurrentWorkspace(WorkspaceReader workspaces)
{
    public Actor? Actor { get; set; }

    /// <summary>A page changed data of the context (name, zone). The layout handles this event.</summary>
    public event Func<Task>? Changed;

    public Task NotifyChangedAsync() => Changed?.Invoke() ?? Task.CompletedTask;

    /// <summary>
    /// False if the password, the role, the membership or the need of a second factor has changed since this circuit was opened.
    /// </summary>
    public async Task<bool> IsStillValidAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (!await workspaces.IsSameSessionAsync(principal, cancellationToken))
        {
            return false;
        }

        return Actor is not { UserId: not null } actor || await workspaces.RoleAsync(actor, cancellationToken) == actor.Role;
    }
}
