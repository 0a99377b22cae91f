using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// A device on which a user signed in has a cookie that says so. It signs nobody in. Its tries at the user's password are counted by
/// themselves, so that wrong passwords from elsewhere do not lock the user out of it.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection)
{
    public const string CookieName = "zoomcalendar-device";

    /// <summary>How long the browser keeps the cookie after a sign-in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private const int MaxUsers = 5;
    private const int IdLength = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("ZoomCalendar.KnownDevices");

    /// <summary>The id of this device for the user; null: the user has not signed in on it.</summary>
    public string? Find(HttpContext context, UserId user) =>
        Read(context).FirstOrDefault(entry => entry.StartsWith($"{user.Value:N}", StringComparison.Ordinal))?[IdLength..];

    /// <summary>The user has signed in on this device.</summary>
    public void Remember(HttpContext context, UserId user)
    {
        var device = Find(context, user) ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(IdLength / 2));
        var others = Read(context).Where(entry => !entry.StartsWith($"{user.Value:N}", StringComparison.Ordinal)).Take(MaxUsers - 1);
        context.Response.Cookies.Append(
            CookieNames.Of(CookieName, context.Request),
            _protector.Protect(string.Join('.', [$"{user.Value:N}{device}", .. others])),
            new CookieOptions
            {
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                MaxAge = Lifetime,
                IsEssential = true,
            });
    }

    private string[] Read(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[CookieNames.Of(CookieName, context.Request)] is { Length: > 0 and < 4_000 } cookie
                ? [.. _protector.Unprotect(cookie).Split('.').Where(entry => entry.Length == 2 * IdLength)]
                : [];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
