using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// Encrypted and signed tokens for links and forms of the public pages, with purpose, holder and expiry.
/// </summary>
internal sealed class SignedTokens(IDataProtectionProvider protection)
{
    private const int LongestToken = 4_000;

    public string Sign(string purpose, string data, DateTimeOffset expires) =>
        Of(purpose).Protect(string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}|{data}"));

    /// <returns>Null if it is not a token of ours for this purpose.</returns>
    public SignedData? Read(string purpose, string? token, DateTimeOffset now)
    {
        if (token is not { Length: > 0 and <= LongestToken })
        {
            return null;
        }

        try
        {
            var parts = Of(purpose).Unprotect(token).Split('|', 2);
            var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return new SignedData(parts[1], expires <= now);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Of(string purpose) => protection.CreateProtector("ZoomCalendar.Booking", purpose);
}

internal sealed record SignedData(string Data, bool IsExpired);
