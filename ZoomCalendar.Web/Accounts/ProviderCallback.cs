using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>The ways in which the browser returns from the provider. Each ends with a redirect to a page that says what happened.</summary>
internal static partial class ProviderCallback
{
    private const string UserItem = "zc.user";
    private const string ZoneItem = "zc.zone";
    private const string IssuerItem = "zc.issuer";
    private const string SubjectItem = "zc.subject";

    /// <summary>Begins a round trip.</summary>
    /// <param name="returnUrl">A path on this site.</param>
    /// <param name="user">Who links an account; null: somebody signs in.</param>
    /// <param name="timeZone">The browser's, for a new account.</param>
    public static AuthenticationProperties Begin(ReturnUrl returnUrl, UserId? user, string? timeZone)
    {
        var properties = new AuthenticationProperties { RedirectUri = returnUrl.ToString() };
        if (user is { } linking)
        {
            properties.Items[UserItem] = linking.ToString();
        }

        if (timeZone is { Length: > 0 and <= User.TimeZoneMaxLength })
        {
            properties.Items[ZoneItem] = timeZone;
        }

        return properties;
    }

    /// <summary>The page that a round trip returns to if it fails.</summary>
    public static string PageOf(AuthenticationProperties? properties, ProviderResult result) =>
        properties?.Items.ContainsKey(UserItem) is true
            ? $"/{AppUrls.Security}?{ProviderTexts.Query}={result}"
            : $"{AccountUrls.SignIn}?{ProviderTexts.Query}={result}";

    /// <summary>Keeps issuer and subject as the signed token has them.</summary>
    public static Task NoteIdentityAsync(TokenValidatedContext context)
    {
        context.Properties!.Items[IssuerItem] = context.SecurityToken.Issuer;
        context.Properties.Items[SubjectItem] = context.SecurityToken.Subject;
        return Task.CompletedTask;
    }

    public static async Task ReturnedAsync(TicketReceivedContext context)
    {
        var properties = context.Properties!;
        var http = context.HttpContext;
        var identity = IdentityOf(context, properties, http.RequestServices.GetRequiredService<ProviderOptions>());
        if (!identity.IsStorable)
        {
            Redirect(context, PageOf(properties, ProviderResult.Refused));
            return;
        }

        var signedIn = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        Redirect(context, properties.Items.TryGetValue(UserItem, out var linking)
            ? await LinkAsync(http, identity, properties, signedIn.Principal, linking)
            : await SignInAsync(http, identity, properties, signedIn.Principal, context.ReturnUri));
    }

    public static Task RefusedAsync(AccessDeniedContext context)
    {
        Redirect(context, PageOf(context.Properties, ProviderResult.Refused));
        return Task.CompletedTask;
    }

    public static Task FailedAsync(RemoteFailureContext context)
    {
        Log.Failed(context.HttpContext.RequestServices.GetRequiredService<ILogger<ProviderAccounts>>(), context.Failure?.GetType().Name);
        Redirect(context, PageOf(context.Properties, context switch
        {
            _ when context.Request.Query.ContainsKey("error") => ProviderResult.Refused,
            { Failure: { } failure } when IsOfProvider(failure) || IsOfProvider(failure.InnerException) => ProviderResult.Unreachable,
            _ => ProviderResult.Expired,
        }));
        return Task.CompletedTask;
    }

    private static bool IsOfProvider(Exception? failure) => failure is HttpRequestException or TaskCanceledException or IOException
        or InvalidOperationException or (OpenIdConnectProtocolException and not OpenIdConnectProtocolInvalidNonceException);

    private static ProviderIdentity IdentityOf(
        TicketReceivedContext context, AuthenticationProperties properties, ProviderOptions provider)
    {
        var claims = context.Principal!;
        var verified = claims.FindAll("email_verified").ToList();
        var email = EmailAddress.Clean(claims.FindFirst("email")?.Value);
        return new ProviderIdentity
        {
            Issuer = properties.Items[IssuerItem] ?? "",
            Subject = properties.Items[SubjectItem] ?? "",
            VerifiedEmail = EmailAddress.IsValid(email)
                && verified.Count > 0 && verified.TrueForAll(claim => bool.TryParse(claim.Value, out var isTrue) && isTrue) ? email : null,
            Name = claims.FindFirst("name")?.Value,
            TimeZone = properties.Items.TryGetValue(ZoneItem, out var zone) ? zone : null,
            SubAccounts = provider.SubAccountClaim.Length == 0
                ? []
                : [.. claims.FindAll(provider.SubAccountClaim).Select(claim => claim.Value).Distinct()],
            Role = provider.RoleClaim.Length > 0 && claims.FindAll(provider.RoleClaim).Any(claim => claim.Value == provider.AdminValue)
                ? Role.Admin
                : Role.User,
        };
    }

    private static async Task<string> SignInAsync(
        HttpContext http,
        ProviderIdentity identity,
        AuthenticationProperties properties,
        ClaimsPrincipal? before,
        string? back)
    {
        var services = http.RequestServices;
        var (provider, outbox) = (services.GetRequiredService<ProviderOptions>(), services.GetRequiredService<MessageOutbox>());
        var security = services.GetRequiredService<PublicUrl>().Of(http.Request, $"/{AppUrls.Security}");
        var found = await services.GetRequiredService<ProviderAccounts>().SignInAsync(
            identity,
            provider.LinkByVerifiedEmail,
            email => outbox.RowOf(AccountMessages.ProviderLinked(email, provider.DisplayName, security)),
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            http.RequestAborted);
        if (found.User is not { } id)
        {
            return PageOf(
                properties, found.Result is ProviderSignInResult.Unverified ? ProviderResult.Unverified : ProviderResult.Unknown);
        }

        // The session that this browser had ends.
        http.User = before ?? http.User;
        var user = await services.GetRequiredService<UserManager<User>>().FindByIdAsync(id.ToString());
        await services.GetRequiredService<SignInCompletion>().CompleteAsync(
            user!, SignInProof.TwoFactors, isRemembered: false, http, AuditKind.SignedInWithOpenIdConnect);
        return found.Result is ProviderSignInResult.Created ? "/" : ReturnUrl.Of(back).ToString();
    }

    private static async Task<string> LinkAsync(
        HttpContext http, ProviderIdentity identity, AuthenticationProperties properties, ClaimsPrincipal? principal, string? linking)
    {
        if (principal?.UserId() is not { } present || present.ToString() != linking)
        {
            return PageOf(properties, ProviderResult.Foreign);
        }

        var services = http.RequestServices;
        var provider = services.GetRequiredService<ProviderOptions>();
        var email = (await services.GetRequiredService<UserManager<User>>().FindByIdAsync(linking))!.Email!;
        var outcome = await services.GetRequiredService<ProviderAccounts>().LinkAsync(
            identity,
            services.GetRequiredService<MessageOutbox>().RowOf(AccountMessages.ProviderLinked(
                email, provider.DisplayName, services.GetRequiredService<PublicUrl>().Of(http.Request, $"/{AppUrls.Security}"))),
            // It is about the account, not about a sub-account.
            new Actor(default, present, null) { SessionId = principal.SessionId() },
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            http.RequestAborted);
        return PageOf(properties, outcome.Refusal switch
        {
            null => ProviderResult.Linked,
            Refusal.ProofNeeded => ProviderResult.Unproven,
            _ => ProviderResult.Taken,
        });
    }

    private static void Redirect<T>(HandleRequestContext<T> context, string url)
        where T : AuthenticationSchemeOptions
    {
        context.HandleResponse();
        context.Response.Redirect(url);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A sign-in by the OpenID Connect provider failed: {Kind}")]
        public static partial void Failed(ILogger logger, string? kind);
    }
}
