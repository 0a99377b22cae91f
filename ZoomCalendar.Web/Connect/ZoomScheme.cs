using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Web.Connect;

/// <summary>Configures ASP.NET Core's OAuth handler for Zoom. It signs no user in; it ends in <see cref="ConnectCallback"/>.</summary>
internal sealed class ZoomScheme(IOptions<ZoomOptions> zoom) : IConfigureNamedOptions<OAuthOptions>
{
    public const string Name = "Zoom";
    public const string CallbackPath = "/zoom/callback";

    public void Configure(OAuthOptions options) => Configure(Name, options);

    public void Configure(string? name, OAuthOptions options)
    {
        if (name != Name)
        {
            return;
        }

        var settings = zoom.Value;
        var origin = settings.OAuthBaseUrl.TrimEnd('/');
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.AuthorizationEndpoint = $"{origin}/oauth/authorize";
        options.TokenEndpoint = $"{origin}/oauth/token";
        options.CallbackPath = CallbackPath;
        options.UsePkce = true;
        options.SaveTokens = false;
        // Required by the base class but never used: the callback writes the response.
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        // This combination works on http://localhost, on other http hosts and behind https.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnTicketReceived = ConnectCallback.AllowedAsync;
        options.Events.OnAccessDenied = ConnectCallback.DeclinedAsync;
        options.Events.OnRemoteFailure = ConnectCallback.FailedAsync;
    }
}
