using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Somebody who is signed in at the provider.</summary>
internal sealed record Somebody(string Subject, string? Email, bool? IsVerified, params string[] SubAccounts)
{
    public string? Role { get; init; }
}

/// <summary>A real OpenID Connect provider (OpenIddict) on a port of its own, which signs in whoever a test says.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "calendars";
    public const string ClientSecret = "a secret of the client";
    public const string SubAccountClaim = "sub_accounts";
    public const string RoleClaim = "calendar_role";

    private readonly WebApplication _app;

    private TestProvider(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Null: the person refuses.</summary>
    public Somebody? Person { get; set; }

    /// <summary>It answers nothing but errors.</summary>
    public bool IsDown { get; set; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(options =>
        {
            options.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
                .SetUserInfoEndpointUris("connect/userinfo");
            options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            options.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email);
            options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            options.EnableDegradedMode();
            options.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler =>
                handler.UseInlineHandler(context =>
                {
                    if (context.ClientId != ClientId)
                    {
                        context.Reject(Errors.InvalidClient);
                    }

                    return default;
                }));
            options.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            options.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        });
        builder.Services.AddAuthentication();
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.Use((context, next) =>
        {
            if (!provider.IsDown)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
        app.MapGet("/connect/authorize", provider.Authorize);
        await app.StartAsync();
        provider.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpContext context)
    {
        if (Person is not { } person)
        {
            return Results.Forbid(
                new AuthenticationProperties(
                    new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.Name, "Petra Provided");
        if (person.Email is not null)
        {
            identity.SetClaim(Claims.Email, person.Email);
        }

        if (person.IsVerified is { } verified)
        {
            identity.SetClaim(Claims.EmailVerified, verified);
        }

        if (person.Role is not null)
        {
            identity.SetClaim(RoleClaim, person.Role);
        }

        foreach (var subAccount in person.SubAccounts)
        {
            identity.AddClaim(new Claim(SubAccountClaim, subAccount));
        }

        identity.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken, Destinations.AccessToken]);
        return Results.SignIn(
            new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
