using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

/// <summary>Who connects, where, and which page it began on.</summary>
internal sealed record ConnectOrigin(SubAccountId SubAccount, string Slug, UserId User, string ReturnUrl);

/// <summary>From the tokens to the connection: whose they are, whether they suffice, and whether a second account is meant.</summary>
internal sealed class ConnectFlow(ZoomClient zoom, ZoomConnections connections, PendingConnections pending, TimeProvider clock)
{
    /// <returns>The address to send the browser to.</returns>
    public async Task<string> FinishAsync(ConnectOrigin place, ZoomTokens tokens, CancellationToken cancellationToken)
    {
        var missing = ZoomScopes.MissingFrom(tokens.Scopes);
        var profile = await zoom.GetMeAsync(tokens.AccessToken, cancellationToken);
        if (profile is not ZoomResult<ZoomUser>.Ok { Value: var user })
        {
            // Nobody knows whose tokens these are, so they are dropped, not revoked: others may use the same Zoom user.
            return missing.Count > 0
                ? ConnectNotice.At(place.ReturnUrl, ConnectResult.Missing, missing)
                : ConnectNotice.At(place.ReturnUrl, ConnectResult.Failed);
        }

        var (grant, now) = (new ZoomGrant(tokens, user), clock.GetUtcNow());
        if (missing.Count > 0)
        {
            await pending.RefuseAsync(place.SubAccount, place.User, grant, now, cancellationToken);
            return ConnectNotice.At(place.ReturnUrl, ConnectResult.Missing, missing);
        }

        if (await pending.KeepPendingIfDifferentAsync(place.SubAccount, place.User, grant, place.ReturnUrl, now, cancellationToken) is { } question)
        {
            return AppUrls.In(place.Slug, $"zoom/confirm/{question}");
        }

        var outcome = await connections.ConnectAsync(place.SubAccount, place.User, grant, now, cancellationToken);
        return ConnectNotice.At(place.ReturnUrl, outcome is ConnectOutcome.Connected ? ConnectResult.Connected : ConnectResult.NotAMember);
    }
}
