using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

/// <summary>The user who connects, the sub-account, and the page on which it began.</summary>
internal sealed record ConnectOrigin(SubAccountId SubAccount, string Slug, UserId User, string ReturnUrl);

/// <summary>
/// Turns tokens into a connection: reads the Zoom user, checks the scopes, and asks before a second Zoom account is connected.
/// </summary>
internal sealed class ConnectFlow(ZoomClient zoom, ZoomConnections connections, PendingConnections pending, TimeProvider clock)
{
    /// <returns>The address to send the browser to.</returns>
    public async Task<string> FinishAsync(ConnectOrigin origin, ZoomTokens tokens, CancellationToken cancellationToken)
    {
        var missing = ZoomScopes.MissingFrom(tokens.Scopes);
        var profile = await zoom.GetMeAsync(tokens.AccessToken, cancellationToken);
        if (profile is not ZoomResult<ZoomUser>.Ok { Value: var user })
        {
            // The Zoom user of these tokens is unknown. They are dropped, not revoked: another connection may use the same Zoom user.
            return missing.Count > 0
                ? ConnectNotice.At(origin.ReturnUrl, ConnectResult.Missing, missing)
                : ConnectNotice.At(origin.ReturnUrl, ConnectResult.Failed);
        }

        var (grant, now) = (new ZoomGrant(tokens, user), clock.GetUtcNow());
        if (missing.Count > 0)
        {
            await pending.RefuseAsync(origin.SubAccount, origin.User, grant, now, cancellationToken);
            return ConnectNotice.At(origin.ReturnUrl, ConnectResult.Missing, missing);
        }

        if (await pending.KeepPendingIfDifferentAsync(
            origin.SubAccount, origin.User, grant, origin.ReturnUrl, now, cancellationToken) is { } question)
        {
            return AppUrls.In(origin.Slug, $"zoom/confirm/{question}");
        }

        var outcome = await connections.ConnectAsync(origin.SubAccount, origin.User, grant, now, cancellationToken);
        return ConnectNotice.At(origin.ReturnUrl, outcome is ConnectOutcome.Connected ? ConnectResult.Connected : ConnectResult.NotAMember);
    }
}
