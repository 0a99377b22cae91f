using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Checks the session before each event that a page handles. A user who lost the role, membership or session gets the page reloaded (which
/// shows the sign-in, not-found or forbidden page), and the event is not handled.
/// </summary>
internal sealed class WorkspaceCircuitHandler(
    CurrentWorkspace workspace,
    AuthenticationStateProvider authentication,
    NavigationManager navigation,
    TimeProvider clock) : CircuitHandler
{
    // Dragging and typing send many events a second.
    private static readonly TimeSpan CheckLifetime = TimeSpan.FromMilliseconds(100);

    private Task _before = Task.CompletedTask;
    private long _checkedAt;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
    {
        // The next event can arrive during the check. A form's submission must not overtake the input before it.
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _before, begun.Task);
        Task handled;
        try
        {
            handled = await IsStillValidAsync() ? next(context) : Task.CompletedTask;
        }
        finally
        {
            begun.SetResult();
        }

        await handled;
    };

    private async Task<bool> IsStillValidAsync()
    {
        if (workspace.Actor is null || clock.GetElapsedTime(_checkedAt) <= CheckLifetime)
        {
            return true;
        }

        var state = await authentication.GetAuthenticationStateAsync();
        if (!await workspace.IsStillValidAsync(state.User, CancellationToken.None))
        {
            navigation.Refresh(forceReload: true);
            return false;
        }

        _checkedAt = clock.GetTimestamp();
        return true;
    }
}
