using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Verifies the signature of Zoom's webhooks over the raw bytes, and computes the response to Zoom's address validation.</summary>
public static class ZoomWebhookSignature
{
    public const string TimestampHeader = "x-zm-request-timestamp";
    public const string SignatureHeader = "x-zm-signature";

    /// <summary>The maximum difference between a timestamp and now, in either direction. Our own rule against replay.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>True if the signature is valid and fresh. Always false without a configured secret.</summary>
    public static bool IsValid(string? secret, string? timestamp, string? signature, ReadOnlySpan<byte> rawBody, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(secret) || timestamp is null || signature is null || !IsFresh(timestamp, now))
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(rawBody);
        var expected = $"v0={Convert.ToHexStringLower(hmac.GetHashAndReset())}";

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>The <c>encryptedToken</c> of the response to a validation request.</summary>
    public static string EncryptedToken(string secret, string plainToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);

        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(plainToken)));
    }

    // Digits only, as Zoom sends it: the text is part of the signed content. Unix seconds within the range of a date.
    private static bool IsFresh(string timestamp, DateTimeOffset now) =>
        timestamp.Length <= 11
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (DateTimeOffset.FromUnixTimeSeconds(seconds) - now).Duration() <= Window;
}
