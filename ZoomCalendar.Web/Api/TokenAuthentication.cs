using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Api;

/// <summary>
/// Handles <c>Authorization: Bearer pit-…</c>. Reads the database with every request, so that a revoked token is refused at once.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TokenAuthenticator gate,
    RateLimiter limiter,
    TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "PrivateIntegration";

    private const string Start = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            Context.Refuse("No authorization: send the header \"Authorization: Bearer pit-…\".");
            return AuthenticateResult.NoResult();
        }

        if (TokenSecret.Read(header[Start.Length..].Trim()) is not { } secret)
        {
            return Invalid("Invalid token: access token is invalid");
        }

        var (holder, fault) = await gate.AuthenticateAsync(secret, clock.GetUtcNow(), Context.RequestAborted);
        if (holder is null)
        {
            return Invalid(fault switch
            {
                TokenError.Expired => "Invalid token: it has expired. Make a new one under Settings > Private Integrations.",
                TokenError.Revoked => "Invalid token: it was revoked.",
                TokenError.MakerGone => "Invalid token: who made it is no longer an admin, so it was revoked.",
                _ => "Invalid token: access token is invalid",
            });
        }

        Context.Admit(holder);
        var identity = new ClaimsIdentity([new Claim("token", holder.TokenId.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var isInTime = limiter.Take($"address {VisitorAddress.Of(Context)}", Response);
        var answer = isInTime ? ApiResult.Unauthorized(Context.Fault() ?? "Unauthorized") : ApiResult.TooMany(ApiPipeline.TooMany);
        return answer.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiResult.Forbidden("This token may not do that.").ExecuteAsync(Context);

    private AuthenticateResult Invalid(string fault)
    {
        Context.Refuse(fault);
        return AuthenticateResult.Fail(fault);
    }
}
