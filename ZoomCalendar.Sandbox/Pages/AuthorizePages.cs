using ZoomCalendar.Sandbox.OAuth;
using static ZoomCalendar.Sandbox.Pages.Html;

namespace ZoomCalendar.Sandbox.Pages;

/// <summary>The pages between Connect and the return to the app.</summary>
internal static class AuthorizePages
{
    private const string App = "Zoom for Calendars";
    private const int AccountsShown = 12;

    public static IResult SignIn(
        HttpContext context, AuthorizeRequest request, IReadOnlyList<SandboxUser> users, string? email = null, string? error = null)
    {
        var accounts = string.Concat(users.Take(AccountsShown).Select(u => $"<tr><td>{E(u.Email)}</td><td>{About(u)}</td></tr>"));
        var more = users.Count > AccountsShown ? $"""<p class="quiet">and {users.Count - AccountsShown} more.</p>""" : "";

        return Page(context, "Sign in to Zoom", $"""
            {(error is null ? "" : $"""<p class="error" role="alert">{E(error)}</p>""")}
            <form method="post" action="/oauth/signin">
            {Hidden("request", request.Query)}
            <label>Email <input name="email" type="email" value="{E(email)}" autocomplete="username" required autofocus></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <button class="first">Sign in</button>
            </form>
            <h2>Accounts of the sandbox</h2>
            <p>The password of all of them is <code>{SandboxUser.Password}</code>.</p>
            <table><thead><tr><th>Email</th><th>What it is</th></tr></thead><tbody>{accounts}</tbody></table>
            {more}
            """);
    }

    public static IResult Consent(HttpContext context, AuthorizeRequest request, SandboxUser user) =>
        Page(context, $"You are about to add {App}", $"""
            <p>{App} will be able to:</p>
            <ul>{string.Concat(SandboxScopes.For(user).Select(s => $"<li>{E(SandboxScopes.All[s])} <span class=\"quiet\">({s})</span></li>"))}</ul>
            <div class="row">
            {Button(request, "allow", "Allow", "first")}
            {Button(request, "decline", "Decline")}
            </div>
            {SignedInAs(request, user)}
            """);

    public static IResult PreApprove(HttpContext context, AuthorizeRequest request, SandboxUser user) =>
        Page(context, $"{App} is not pre-approved yet", $"""
            <p>You are an admin of this Zoom account. Pre-approve the app so that you and the users of your account can add it.</p>
            <form method="post" action="/oauth/consent">
            {Hidden("request", request.Query)}
            <p><button name="answer" value="preapprove" role="switch" aria-checked="false">Pre-approve</button></p>
            </form>
            {SignedInAs(request, user)}
            """);

    public static IResult NotApproved(HttpContext context, AuthorizeRequest request, SandboxUser user) =>
        Page(context, $"You cannot authorize {App}", $"""
            <p>The admin of your Zoom account has to approve this app before you can add it.</p>
            {Button(request, "request", "Request pre-approve", "first")}
            {SignedInAs(request, user)}
            """);

    public static IResult Requested(HttpContext context) =>
        Page(context, "Your request has been sent", $"""
            <p>The admin of your Zoom account has been asked to pre-approve {App}. When they have done it, start from the app again. You can close this page.</p>
            """);

    public static IResult Mistake(HttpContext context, string title, string text) =>
        Page(context, title, $"""<p class="error" role="alert">{E(text)}</p>""", StatusCodes.Status400BadRequest);

    private static string Button(AuthorizeRequest request, string answer, string text, string look = "") => $"""
        <form method="post" action="/oauth/consent">
        {Hidden("request", request.Query)}
        <button class="{look}" name="answer" value="{answer}">{text}</button>
        </form>
        """;

    private static string SignedInAs(AuthorizeRequest request, SandboxUser user) => $"""
        <form method="post" action="/oauth/signout">
        {Hidden("request", request.Query)}
        <p class="quiet">Signed in as {E(user.Email)}</p>
        <button>Use another account</button>
        </form>
        """;

    private static string About(SandboxUser user) => user switch
    {
        { IsAdmin: true } => "Zoom admin, can pre-approve the app",
        { Email: "user@preapprove.test" } => "May only request pre-approval",
        { Licensed: false } => "Basic",
        _ => "Licensed",
    };
}
