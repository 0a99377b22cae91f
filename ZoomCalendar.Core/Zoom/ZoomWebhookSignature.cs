using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Proves that a webhook comes from Zoom, over the bytes as they arrived, and answers Zoom's own proof of the address.</summary>
public static class ZoomWebhookSignature
{
    public const string TimestampHeader = "x-zm-request-timestamp";
    public const string SignatureHeader = "x-zm-signature";

    /// <summary>Ours, against replay: how far a timestamp may lie from now, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>False without a configured secret: an unset secret must not be one that anybody knows.</summary>
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

    /// <summary>The <c>encryptedToken</c> that goes back beside the <c>plainToken</c>.</summary>
    public static string EncryptedToken(string secret, string plainToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);

        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(plainToken)));
    }

    // Digits alone, as Zoom writes it: the text itself is part of what is signed. Seconds, and no more than fit a date.
    private static bool IsFresh(string timestamp, DateTimeOffset now) =>
        timestamp.Length <= 11
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (DateTimeOffset.FromUnixTimeSeconds(seconds) - now).Duration() <= Window;
}
