using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Codes as an authenticator app computes them (RFC 6238).</summary>
internal static class AuthenticatorCode
{
    /// <param name="key">The key in base 32, without spaces.</param>
    /// <param name="later">0: the code of the step now. 1: of the next one, which is accepted as well.</param>
    [SuppressMessage("Security", "CA5350", Justification = "The algorithm of authenticator apps.")]
    public static string Of(string key, int later)
    {
        var bits = string.Concat(key.Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2)).ToArray();
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + later);
        var hash = HMACSHA1.HashData(secret, step);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
