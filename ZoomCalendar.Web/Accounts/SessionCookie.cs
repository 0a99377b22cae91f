using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Ties the sign-in cookie to its session row. Every request reads the row, so an ended session is refused at once.</summary>
internal static class SessionCookie
{
    /// <summary>The parameter of a sign-in that says what was proven. It is not part of the cookie.</summary>
    public const string Proof = "proof";

    /// <summary>Each sign-in is a new session, also where somebody is signed in already.</summary>
    public static async Task StartAsync(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        await EndAsync(http, sessions);
        var id = await sessions.StartAsync(
            context.Principal!.UserId()!.Value,
            http.Request.Headers.UserAgent.ToString(),
            http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "",
            context.Properties.IsPersistent,
            http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            http.RequestAborted,
            context.Properties.GetParameter<SignInProof>(Proof));
        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(
            new Claim(ClaimsPrincipalExtensions.SessionClaim, id.Value.ToString("N")));
    }

    public static Task EndAsync(CookieSigningOutContext context) =>
        EndAsync(context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<Sessions>());

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // Everybody may read a static asset, and a page has many of them.
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return;
        }

        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (context.Principal?.SessionId() is not { } id
            || context.Principal.UserId() is not { } user
            || await http.RequestServices.GetRequiredService<Sessions>().UseAsync(id, user, now, http.RequestAborted) is not { } session)
        {
            context.RejectPrincipal();
            return;
        }

        http.Features.Set(session);

        await SecurityStampValidator.ValidatePrincipalAsync(context);
    }

    /// <summary>Identity renews the claims from time to time; the session stays the same.</summary>
    public static Task KeepAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(ClaimsPrincipalExtensions.SessionClaim) is { } session)
        {
            ((ClaimsIdentity)context.NewPrincipal!.Identity!).AddClaim(session.Clone());
        }

        return Task.CompletedTask;
    }

    private static async Task EndAsync(HttpContext http, Sessions sessions)
    {
        if (http.User.SessionId() is { } id && http.User.UserId() is { } user)
        {
            await sessions.EndAsync(id, user, http.RequestAborted);
        }
    }
}
