namespace ZoomCalendar.Tests.Web;

/// <summary>The forms that somebody who is not signed in can send about an account.</summary>
internal static class AccountForms
{
    public static readonly IReadOnlyList<(string Path, string Handler, string[] Fields)> All =
    [
        ("/account/register", "register", ["Input.Name", "Input.Business", "Input.Email", "Input.Password", "Input.TimeZone"]),
        ("/account/sign-in", "sign-in", ["Input.Email", "Input.Password"]),
        ("/account/sign-in", "passkey", ["Passkey.Answer"]),
        ("/account/sign-in?returnUrl=%2F%C3%BC%00", "sign-in", ["Input.Email", "Input.Password"]),
        ("/account/forgot-password", "forgot-password", ["Input.Email"]),
        ("/account/reset-password?email=a%00b%40%EF%BF%BE&code=%EF%BF%BE", "reset-password", ["Input.Password"]),
        ("/account/reset-password?email=%EF%BF%BE&code=AAAA", "reset-password", ["Input.Password"]),
    ];

    private static readonly Dictionary<string, string> Usual = new()
    {
        ["Input.Name"] = "Jo",
        ["Input.Business"] = "Jo's",
        ["Input.Password"] = "a long password",
        ["Input.TimeZone"] = "Europe/Berlin",
        ["Passkey.Answer"] = "{}",
    };

    /// <summary>What a person could write there; each time another address, so that none is paused.</summary>
    public static string UsualOf(string field) => field == "Input.Email" ? $"{Guid.NewGuid():N}@demo.test" : Usual[field];
}
