using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Stands before every event that a page handles: who lost their role, membership or session in the meantime gets the page anew
/// (and with it the sign-in, not-found or forbidden page) instead of having the event handled.
/// </summary>
internal sealed class WorkspaceWatch(OpenWorkspace workspace, AuthenticationStateProvider authentication, NavigationManager navigation, TimeProvider clock) : CircuitHandler
{
    // Dragging and typing send many events a second.
    private static readonly TimeSpan TrustedFor = TimeSpan.FromMilliseconds(100);

    private Task _before = Task.CompletedTask;
    private long _checkedAt;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        // While the database is asked about one event, the next may come: a form's submission must not overtake what was typed before it.
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
        if (workspace.Actor is null || clock.GetElapsedTime(_checkedAt) <= TrustedFor)
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
