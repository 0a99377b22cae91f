using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Web.Accounts;

/// <summary>The link that confirms the address of a registration. Only the hash of its secret is stored.</summary>
internal static class RegistrationLink
{
    private const int SecretBytes = 32;
    private const int IdLength = 32;

    public static (string Secret, string Hash) NewSecret()
    {
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, HashOf(secret));
    }

    /// <returns>Path and query.</returns>
    public static string Of(Guid request, string secret) => $"{AccountUrls.ConfirmRegistration}?token={request:N}{secret}";

    /// <returns>Null: not a token of ours.</returns>
    public static (Guid Request, string SecretHash)? Read(string? token) =>
        token is { Length: IdLength + (2 * SecretBytes) } && Guid.TryParseExact(token[..IdLength], "N", out var id)
            ? (id, HashOf(token[IdLength..]))
            : null;

    private static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
