namespace ZoomCalendar.Web.Accounts;

internal static class AccountUrls
{
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Register = "/account/register";
    public const string ConfirmRegistration = "/account/confirm-registration";
    public const string ForgotPassword = "/account/forgot-password";
    public const string ResetPassword = "/account/reset-password";
    public const string SecondStep = "/account/second-step";
    public const string Authenticator = "/account/authenticator";
    public const string ChangePassword = "/account/change-password";

    public const string PasskeyOptions = "/account/passkey-options";

    /// <summary>Begins a sign-in by the OpenID Connect provider.</summary>
    public const string Provider = "/account/provider";

    public const string LinkProvider = "/account/provider/link";
    public const string ProviderCallback = "/account/provider/callback";

    /// <summary>The authenticator app's page, which leads on to a path of this site.</summary>
    public static string AuthenticatorFor(string path) => $"{Authenticator}?returnUrl={Uri.EscapeDataString(path)}";

    public static string SignInThen(string path) => $"{SignIn}?returnUrl={Uri.EscapeDataString(path)}";
}
