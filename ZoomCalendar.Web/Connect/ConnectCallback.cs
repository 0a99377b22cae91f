using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

/// <summary>
/// The three results with which the browser returns from Zoom. Each redirects to the page where it began; none signs a user in.
/// </summary>
internal static class ConnectCallback
{
    private const string UserItem = "zc.user";
    private const string SubAccountItem = "zc.sub-account";
    private const string SlugItem = "zc.slug";

    /// <summary>Binds the round trip to the user and the sub-account that began it.</summary>
    public static AuthenticationProperties Begin(UserId user, SubAccountId subAccount, string slug, string returnUrl) => new()
    {
        RedirectUri = returnUrl,
        Items = { [UserItem] = user.ToString(), [SubAccountItem] = subAccount.ToString(), [SlugItem] = slug },
    };

    public static async Task AllowedAsync(TicketReceivedContext context)
    {
        var properties = context.Properties!;
        var signedIn = await context.HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        // The base class has already moved the address to this property.
        var back = ReturnOf(context.ReturnUri);
        if (signedIn.Principal?.UserId() is not { } user || properties.Items[UserItem] != user.ToString())
        {
            // The tokens belong to no user of this session and are dropped.
            Redirect(context, ConnectNotice.At(back, ConnectResult.Foreign));
            return;
        }

        await EndAttemptAsync(context, properties);
        var flow = context.HttpContext.RequestServices.GetRequiredService<ConnectFlow>();
        var origin = new ConnectOrigin(
            new SubAccountId(Guid.Parse(properties.Items[SubAccountItem]!)), properties.Items[SlugItem]!, user, back);
        // Not cancelled when the browser disconnects: the tokens already exist.
        Redirect(context, await flow.FinishAsync(origin, ZoomOAuthHandler.TokensOf(context.HttpContext), CancellationToken.None));
    }

    public static async Task DeclinedAsync(AccessDeniedContext context)
    {
        await EndAttemptAsync(context, context.Properties);
        Redirect(context, ConnectNotice.At(ReturnOf(context.Properties?.RedirectUri), ConnectResult.Declined));
    }

    public static async Task FailedAsync(RemoteFailureContext context)
    {
        var result = context.Failure switch
        {
            { InnerException: ConnectFailedException failed } => failed.Result,
            ConnectFailedException failed => failed.Result,
            // Without readable properties the state is missing or not ours.
            _ when context.Properties is null => ConnectResult.NoState,
            // Another error than access_denied comes from Zoom itself.
            _ when context.Request.Query.ContainsKey("error") => ConnectResult.Declined,
            // The state is ours, but of another browser or already used.
            _ => ConnectResult.Expired,
        };
        if (result is not ConnectResult.Approval)
        {
            await EndAttemptAsync(context, context.Properties);
        }

        Redirect(context, ConnectNotice.At(ReturnOf(context.Properties?.RedirectUri), result));
    }

    /// <summary>
    /// Ends the attempt, because its result is known. The state is encrypted by us, so the ids in it are those of the user who began.
    /// </summary>
    private static Task EndAttemptAsync<T>(HandleRequestContext<T> context, AuthenticationProperties? properties)
        where T : AuthenticationSchemeOptions =>
        properties is not null && properties.Items.TryGetValue(SubAccountItem, out var subAccount)
            && properties.Items.TryGetValue(UserItem, out var user)
            ? context.HttpContext.RequestServices.GetRequiredService<ConnectAttempts>()
                .EndAsync(new SubAccountId(Guid.Parse(subAccount!)), new UserId(Guid.Parse(user!)), CancellationToken.None)
            : Task.CompletedTask;

    private static string ReturnOf(string? address) =>
        address is { Length: > 0 } url ? Accounts.ReturnUrl.Of(url).ToString() : "/" + AppUrls.Integrations;

    private static void Redirect<T>(HandleRequestContext<T> context, string url)
        where T : AuthenticationSchemeOptions
    {
        context.HandleResponse();
        context.Response.Redirect(url);
    }
}
