using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Checks periodically that the user of an open circuit still has the same password, role and membership.</summary>
internal sealed class SessionRevalidation(
    ILoggerFactory loggers, CurrentWorkspace workspace) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => SignInSetup.RevalidationInterval;

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        workspace.IsStillValidAsync(authenticationState.User, cancellationToken);
}
