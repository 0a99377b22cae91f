using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>The base of every signed-in page: <c>@page "/a/{Slug}/…"</c> and the workspace, which is loaded before the page.</summary>
[Authorize]
public abstract class WorkspacePage : ComponentBase
{
    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    protected WorkspaceContext Workspace { get; set; } = default!;
}
