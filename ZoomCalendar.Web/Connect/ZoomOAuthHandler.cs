using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Web.Connect;

/// <summary>What Zoom wants differently: no scope in the address, and Basic authentication at the token endpoint.</summary>
internal sealed class ZoomOAuthHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, ZoomOAuthClient zoom)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    private static readonly object Tokens = new();

    public static ZoomTokens TokensOf(HttpContext context) => (ZoomTokens)context.Items[Tokens]!;

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var url = new Uri(base.BuildChallengeUrl(properties, redirectUri));
        var query = QueryHelpers.ParseQuery(url.Query);
        // Scopes come from the Marketplace app's own configuration.
        query.Remove("scope");
        return QueryHelpers.AddQueryString(url.GetLeftPart(UriPartial.Path), query);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var verifier = context.Properties.Items.TryGetValue(OAuthConstants.CodeVerifierKey, out var stored) ? stored ?? "" : "";
        // Not given up when the browser leaves: the code is good for one use.
        var answer = await zoom.ExchangeCodeAsync(new AuthorizationCode(context.Code), context.RedirectUri, verifier, CancellationToken.None);
        if (answer is not ZoomResult<ZoomTokens>.Ok { Value: var tokens })
        {
            return OAuthTokenResponse.Failed(new ConnectFailedException(ReasonOf(((ZoomResult<ZoomTokens>.Failed)answer).Error)));
        }

        Context.Items[Tokens] = tokens;
        // The base class wants to see one; the real pair stays out of tickets.
        return OAuthTokenResponse.Success(JsonDocument.Parse("""{"access_token":"kept elsewhere"}"""));
    }

    protected override Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens) =>
        Task.FromResult(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name));

    private static ConnectResult ReasonOf(ZoomError error) => error.Kind switch
    {
        ZoomErrorKind.InvalidGrant or ZoomErrorKind.Rejected => ConnectResult.Expired,
        ZoomErrorKind.ConfigurationRejected => ConnectResult.Settings,
        ZoomErrorKind.ApprovalWithdrawn => ConnectResult.Approval,
        _ => ConnectResult.Failed,
    };
}

/// <summary>Carries the reason from the token endpoint to the page that the user gets back to.</summary>
internal sealed class ConnectFailedException(ConnectResult result) : Exception("Zoom did not give tokens for the code.")
{
    public ConnectResult Result => result;
}
