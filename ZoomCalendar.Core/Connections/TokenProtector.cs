using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Encrypts tokens and grants before they are stored. The row's key is part of the purpose, so a ciphertext that is copied to another row
/// cannot be decrypted. Thread-safe.
/// </summary>
public sealed partial class TokenProtector(IDataProtectionProvider provider, ILogger<TokenProtector> logger)
{
    private const string Purpose = "ZoomCalendar.ZoomTokens.v1";

    /// <summary>Encrypts a secret for the row with this key.</summary>
    public string Protect(string row, string secret) => Of(row).Protect(secret);

    /// <summary>Null if the key ring cannot decrypt it, because the master key is missing or a different one.</summary>
    public string? Unprotect(string row, string text)
    {
        try
        {
            return Of(row).Unprotect(text);
        }
        catch (CryptographicException)
        {
            Log.CannotOpen(logger);
            return null;
        }
    }

    private IDataProtector Of(string row) => provider.CreateProtector(Purpose, row);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A stored Zoom token cannot be decrypted. "
            + "Is DataProtection:MasterKey (or the certificate) the one it was stored with?")]
        public static partial void CannotOpen(ILogger logger);
    }
}
