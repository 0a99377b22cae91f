using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

internal static class AccountEndpoints
{
    public static WebApplication MapAccount(this WebApplication app)
    {
        // Binding a form is what makes the antiforgery check happen.
        app.MapPost(AccountUrls.SignOut, async Task<RedirectHttpResult> ([FromForm] string? returnUrl, SignInManager<User> signIn) =>
        {
            await signIn.SignOutAsync();
            return TypedResults.LocalRedirect(returnUrl is null ? AccountUrls.SignIn : ReturnUrl.Of(returnUrl).ToString());
        });
        return app;
    }
}
