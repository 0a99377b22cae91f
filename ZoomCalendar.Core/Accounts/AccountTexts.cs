namespace ZoomCalendar.Core.Accounts;

/// <summary>Sentences that several use cases share.</summary>
internal static class AccountTexts
{
    public const string NoMember = "There is no such member here.";
    public const string AdminsOnly = "Only an admin of this sub-account can do that.";
    public const string ConnectFirst = "Connect Zoom first: then it can be your meeting location.";

    public const string OnlyWayToSignIn =
        "This is your only way to sign in. Add another one first: a passkey, or a password by \"Forgot password?\" on the sign-in page.";

    /// <summary>For an admin who chooses Zoom for a member who is not connected.</summary>
    public static string MemberMustConnect(string name) =>
        $"{name} has not connected Zoom in this sub-account. {name} has to log in and connect it first.";
}
