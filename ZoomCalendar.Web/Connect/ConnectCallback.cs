using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

/// <summary>The three ways in which the browser comes back from Zoom; each ends on the page where it began, and none signs anybody in.</summary>
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
        // The base class has moved the address here by now.
        var back = ReturnOf(context.ReturnUri);
        if (signedIn.Principal?.UserId() is not { } user || properties.Items[UserItem] != user.ToString())
        {
            // What was allowed is dropped unseen: it is nobody's here.
            Answer(context, ConnectNotice.At(back, ConnectResult.Foreign));
            return;
        }

        await ForgetAttemptAsync(context, properties);
        var flow = context.HttpContext.RequestServices.GetRequiredService<ConnectFlow>();
        var place = new ConnectOrigin(new SubAccountId(Guid.Parse(properties.Items[SubAccountItem]!)), properties.Items[SlugItem]!, user, back);
        // Seen to its end even if the browser leaves: the tokens exist by now.
        Answer(context, await flow.FinishAsync(place, ZoomOAuthHandler.TokensOf(context.HttpContext), CancellationToken.None));
    }

    public static async Task DeclinedAsync(AccessDeniedContext context)
    {
        await ForgetAttemptAsync(context, context.Properties);
        Answer(context, ConnectNotice.At(ReturnOf(context.Properties?.RedirectUri), ConnectResult.Declined));
    }

    public static async Task FailedAsync(RemoteFailureContext context)
    {
        var result = context.Failure switch
        {
            { InnerException: ConnectFailedException failed } => failed.Result,
            ConnectFailedException failed => failed.Result,
            // Without readable properties there was no state, or none of ours.
            _ when context.Properties is null => ConnectResult.NoState,
            // Another error than access_denied comes from Zoom itself.
            _ when context.Request.Query.ContainsKey("error") => ConnectResult.Declined,
            // Ours, but not of this browser or already used.
            _ => ConnectResult.Expired,
        };
        if (result is not ConnectResult.Approval)
        {
            await ForgetAttemptAsync(context, context.Properties);
        }

        Answer(context, ConnectNotice.At(ReturnOf(context.Properties?.RedirectUri), result));
    }

    /// <summary>An answer has come: the card need not guess any more. The state is ours and sealed, so these are the ones who began.</summary>
    private static Task ForgetAttemptAsync<T>(HandleRequestContext<T> context, AuthenticationProperties? properties)
        where T : AuthenticationSchemeOptions =>
        properties is not null && properties.Items.TryGetValue(SubAccountItem, out var subAccount) && properties.Items.TryGetValue(UserItem, out var user)
            ? context.HttpContext.RequestServices.GetRequiredService<ConnectAttempts>()
                .EndAsync(new SubAccountId(Guid.Parse(subAccount!)), new UserId(Guid.Parse(user!)), CancellationToken.None)
            : Task.CompletedTask;

    private static string ReturnOf(string? address) =>
        address is { Length: > 0 } url ? Accounts.ReturnUrl.Of(url).ToString() : "/" + AppUrls.Integrations;

    private static void Answer<T>(HandleRequestContext<T> context, string url)
        where T : AuthenticationSchemeOptions
    {
        context.HandleResponse();
        context.Response.Redirect(url);
    }
}
