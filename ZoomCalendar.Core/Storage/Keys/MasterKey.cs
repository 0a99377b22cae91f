using System.Security.Cryptography;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>
/// The one secret outside the database: it wraps the key ring inside, and what must stay nameless is hashed under it.
/// Whoever has the database alone has neither tokens nor names.
/// </summary>
public sealed class MasterKey
{
    public const int Length = 32;

    private readonly byte[] _secret;

    public MasterKey(byte[] secret)
    {
        if (secret.Length != Length)
        {
            throw new ArgumentException($"A master key has {Length} bytes.", nameof(secret));
        }

        _secret = secret;
    }

    /// <summary>An independent key for one use.</summary>
    public byte[] Derive(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Length, info: System.Text.Encoding.UTF8.GetBytes(use));

    public override string ToString() => "[redacted]";
}
