using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Creates links for choosing a password. A link works once, for two hours.</summary>
internal sealed class PasswordLinks(UserManager<User> users)
{
    public static readonly TimeSpan Lifespan = TimeSpan.FromHours(2);

    /// <returns>Path and query.</returns>
    public async Task<string> NewAsync(User user)
    {
        var code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)));
        return $"{AccountUrls.ResetPassword}?email={Uri.EscapeDataString(user.Email!)}&code={code}";
    }
}
