using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Asks again and again whether an open circuit's user is still who they were: same password, same role, still a member.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, CurrentWorkspace workspace) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => SignInSetup.RevalidationInterval;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        workspace.IsStillValidAsync(authenticationState.User, cancellationToken);
}
