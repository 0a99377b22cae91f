using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Web.Connect;

/// <summary>Adapts the OAuth handler to Zoom: no scope in the address, and Basic authentication at the token endpoint.</summary>
internal sealed class ZoomOAuthHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, ZoomOAuthClient zoom)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    private static readonly object TokensItem = new();

    public static ZoomTokens TokensOf(HttpContext context) => (ZoomTokens)context.Items[TokensItem]!;

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
        // Not cancelled when the browser disconnects: the code can be used once.
        var answer = await zoom.ExchangeCodeAsync(
            new AuthorizationCode(context.Code), context.RedirectUri, verifier, CancellationToken.None);
        if (answer is not ZoomResult<ZoomTokens>.Ok { Value: var tokens })
        {
            return OAuthTokenResponse.Failed(new ConnectFailedException(ReasonOf(((ZoomResult<ZoomTokens>.Failed)answer).Error)));
        }

        Context.Items[TokensItem] = tokens;
        // The base class needs a token; the real ones are not written into tickets.
        return OAuthTokenResponse.Success(JsonDocument.Parse("""{"access_token":"kept elsewhere"}"""));
    }

    protected override Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens) =>
        Task.FromResult(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name));

    private static ConnectResult ReasonOf(ZoomError error) => error.Kind switch
    {
        ZoomErrorKind.InvalidGrant or ZoomErrorKind.Rejected => ConnectResult.Expired,
        ZoomErrorKind.ConfigurationRejected => ConnectResult.Settings,
        ZoomErrorKind.ApprovalWithdrawn => ConnectResult.Approval,
        _ => ConnectResult.Failed,
    };
}

/// <summary>The code exchange failed. Carries the reason to the return page.</summary>
internal sealed class ConnectFailedException(ConnectResult result) : Exception("Zoom did not give tokens for the code.")
{
    public ConnectResult Result => result;
}
