using ZoomCalendar.Sandbox.OAuth;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Pages;

internal static class AuthorizeEndpoints
{
    public static void MapAuthorizeEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oauth/authorize", Show);
        routes.MapPost("/oauth/signin", SignInAsync);
        routes.MapPost("/oauth/signout", SignOutAsync);
        routes.MapPost("/oauth/consent", ConsentAsync);
        routes.MapGet(
            "/sandbox.css", () => Results.Stream(typeof(SandboxServer).Assembly.GetManifestResourceStream("sandbox.css")!, "text/css"));
    }

    private static IResult Show(HttpContext context, SignInSessions sessions, UserDirectory users, SandboxOptions options)
    {
        var request = AuthorizeRequest.Parse(context.Request.QueryString.Value);

        if (request.Mistake(options) is { } mistake)
        {
            return AuthorizePages.Mistake(context, mistake.Title, mistake.Text);
        }

        return sessions.Current(context) switch
        {
            null => AuthorizePages.SignIn(context, request, users.All()),
            { } user when users.AccountOf(user).Approved => AuthorizePages.Consent(context, request, user),
            { IsAdmin: true } user => AuthorizePages.PreApprove(context, request, user),
            { } user => AuthorizePages.NotApproved(context, request, user),
        };
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignInSessions sessions, UserDirectory users)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var request = AuthorizeRequest.Parse(form["request"]);

        if (users.ByEmail(form["email"]) is not { Deleted: false } user || form["password"] != SandboxUser.Password)
        {
            return AuthorizePages.SignIn(context, request, users.All(), form["email"], "Incorrect email or password.");
        }

        sessions.SignIn(context, user);
        return Results.LocalRedirect(request.Path);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInSessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        sessions.SignOut(context);

        return Results.LocalRedirect(AuthorizeRequest.Parse(form["request"]).Path);
    }

    private static async Task<IResult> ConsentAsync(
        HttpContext context, SignInSessions sessions, UserDirectory users, TokenStore vault, SandboxOptions options)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var request = AuthorizeRequest.Parse(form["request"]);

        if (request.Mistake(options) is { } mistake)
        {
            return AuthorizePages.Mistake(context, mistake.Title, mistake.Text);
        }

        if (sessions.Current(context) is not { } user)
        {
            return Results.LocalRedirect(request.Path);
        }

        switch (form["answer"].ToString())
        {
            case "preapprove" when user.IsAdmin:
                users.SetApproval(user, true);
                return Results.LocalRedirect(request.Path);

            case "request":
                users.RequestApproval(user);
                return AuthorizePages.Requested(context);

            case "allow" when users.AccountOf(user).Approved:
                return Results.Redirect(request.Back("code", vault.IssueCode(user, request.RedirectUri, request.Challenge)));

            // Zoom does not document the answer to Decline. The app accepts OAuth's standard answer.
            case "decline":
                return Results.Redirect(request.Back("error", "access_denied"));

            default:
                return Results.LocalRedirect(request.Path);
        }
    }
}
