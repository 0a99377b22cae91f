using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Registers ASP.NET Core's OpenID Connect handler: code flow with PKCE and a nonce. It ends in <see cref="ProviderCallback"/>.
/// </summary>
internal static class ProviderSetup
{
    public const string Scheme = "OpenIdConnect";

    private const string Correlation = "zoomcalendar-provider.";
    private const string Nonce = "zoomcalendar-provider-nonce.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void AddProviderSignIn(this WebApplicationBuilder builder)
    {
        var provider = ProviderOptions.Of(builder.Configuration);
        builder.Services.AddSingleton(provider);
        builder.Services.AddSingleton<ProviderAccounts>();
        if (provider.IsOn)
        {
            builder.Services.AddAuthentication().AddOpenIdConnect(
                Scheme, provider.DisplayName, options => Configure(options, provider, builder.Environment));
            builder.Services.AddHostedService<ProviderDiscovery>();
        }
    }

    private static void Configure(OpenIdConnectOptions options, ProviderOptions provider, IHostEnvironment environment)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.CallbackPath = AccountUrls.ProviderCallback;
        // Signing out here ends our session only.
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        // Required by the base class but never used: the callback signs in.
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // By a redirect: a post from the provider's page would need cookies with SameSite=None.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.BackchannelTimeout = Patience;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        foreach (var claim in new[] { "email_verified", provider.SubAccountClaim, provider.RoleClaim }.Where(name => name.Length > 0))
        {
            options.ClaimActions.MapJsonKey(claim, claim);
        }

        foreach (var (cookie, name) in new[] { (options.CorrelationCookie, Correlation), (options.NonceCookie, Nonce) })
        {
            cookie.Name = CookieNames.Of(name, environment);
            cookie.Path = "/";
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTokenValidated = ProviderCallback.NoteIdentityAsync;
        options.Events.OnTicketReceived = ProviderCallback.ReturnedAsync;
        options.Events.OnAccessDenied = ProviderCallback.RefusedAsync;
        options.Events.OnRemoteFailure = ProviderCallback.FailedAsync;
    }
}
