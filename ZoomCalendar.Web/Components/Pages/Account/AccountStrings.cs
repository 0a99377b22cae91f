using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Components.Pages.Account;

/// <summary>Names the resource file of this folder's sentences, and has those that the forms' models name in attributes.</summary>
internal sealed class AccountStrings
{
    private static readonly ResourceTexts Loc = new(typeof(AccountStrings));

    public static string EnterEmail => Loc["Enter your email address."];

    public static string EnterName => Loc["Enter your name."];

    public static string EnterBusiness => Loc["Enter a name for your business."];

    public static string EnterPassword => Loc["Enter your password."];

    public static string EnterCurrentPassword => Loc["Enter your current password."];

    public static string ChoosePassword => Loc["Choose a password."];

    public static string PasswordLength => Loc["Use 10 to 100 characters."];

    public static string EnterCode => Loc["Enter the code."];

    public static string TooLong => Loc["That is too long."];
}
