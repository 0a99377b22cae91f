using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

internal static class ConnectEndpoints
{
    public const string ConnectPath = "/zoom/connect";
    public const string DecidePath = "/zoom/confirm";

    public static void MapConnect(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ConnectPath, ConnectAsync).RequireAuthorization();
        routes.MapPost(DecidePath, DecideAsync).RequireAuthorization();
    }

    // Binding a form is what makes the antiforgery check happen.
    private static async Task<Results<ChallengeHttpResult, NotFound>> ConnectAsync(
        [FromForm] string subAccount,
        [FromForm] string? returnUrl,
        ClaimsPrincipal principal,
        WorkspaceReader workspaces,
        ConnectAttempts attempts,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await workspaces.FindAsync(subAccount, principal, cancellationToken) is not { } workspace)
        {
            return TypedResults.NotFound();
        }

        await attempts.StartAsync(workspace.SubAccountId, workspace.UserId, clock.GetUtcNow(), cancellationToken);
        var back = string.IsNullOrEmpty(returnUrl) ? workspace.Url(AppUrls.Integrations) : ReturnUrl.Of(returnUrl).ToString();
        return TypedResults.Challenge(
            ConnectCallback.Begin(workspace.UserId, workspace.SubAccountId, workspace.Slug, back), [ZoomScheme.Name]);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> DecideAsync(
        [FromForm] string subAccount,
        [FromForm] Guid id,
        [FromForm] bool connect,
        ClaimsPrincipal principal,
        WorkspaceReader workspaces,
        PendingConnections pending,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await workspaces.FindAsync(subAccount, principal, cancellationToken) is not { } workspace)
        {
            return TypedResults.NotFound();
        }

        var (here, user, now) = (workspace.SubAccountId, workspace.UserId, clock.GetUtcNow());
        var question = await pending.FindAsync(id, here, user, now, cancellationToken);
        var outcome = connect
            ? await pending.AcceptAsync(id, here, user, now, cancellationToken)
            : await pending.DeclineAsync(id, here, user, now, cancellationToken);
        var back = question?.ReturnUrl ?? workspace.Url(AppUrls.Integrations);
        return outcome switch
        {
            PendingConnectionOutcome.Connected => TypedResults.LocalRedirect(ConnectNotice.At(back, ConnectResult.Connected)),
            PendingConnectionOutcome.Declined => TypedResults.LocalRedirect(back),
            _ => TypedResults.LocalRedirect(ConnectNotice.At(back, ConnectResult.Expired)),
        };
    }
}
