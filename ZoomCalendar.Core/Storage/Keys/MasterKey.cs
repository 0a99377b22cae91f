using System.Security.Cryptography;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>
/// The only secret that is kept outside the database. It encrypts the key ring and keys the hashes of Zoom user ids. Without it, a copy of
/// the database reveals neither tokens nor Zoom users.
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

    /// <summary>Derives an independent 32-byte key for one purpose (HKDF).</summary>
    public byte[] Derive(string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Length, info: System.Text.Encoding.UTF8.GetBytes(use));

    internal bool IsSameAs(MasterKey other) => CryptographicOperations.FixedTimeEquals(_secret, other._secret);

    public override string ToString() => "[redacted]";
}
