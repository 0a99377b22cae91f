using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>What every signed-in page inherits: <c>@page "/a/{Slug}/…"</c> and the workspace, which is there before the page is.</summary>
[Authorize]
public abstract class WorkspacePage : ComponentBase
{
    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    protected WorkspaceContext Workspace { get; set; } = default!;
}
