using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>
/// The key of keyed hashes that rows refer to. It is derived from the master key. When the master key is rotated, the rows keep their
/// hashes: the first key's derived one is then kept in the database, encrypted with the present master key.
/// </summary>
public sealed class HashKey(IDbContextFactory<ZoomCalendarContext> contexts, MasterKey masterKey)
{
    private const string Use = "zoom user ids";

    /// <summary>Reads the key. The database must be migrated.</summary>
    public byte[] Read()
    {
        using var db = contexts.CreateDbContext();
        return Open(db.Installations.AsNoTracking().Select(row => row.WrappedHashKey).FirstOrDefault(), masterKey);
    }

    /// <param name="wrapped">As the database has it; null: it is derived.</param>
    /// <param name="masterKey">The key under which it was wrapped, or from which it is derived.</param>
    /// <exception cref="CryptographicException">It was wrapped under another master key.</exception>
    internal static byte[] Open(string? wrapped, MasterKey masterKey) => wrapped is null
        ? masterKey.Derive(Use)
        : Convert.FromBase64String(KeyUnwrap.Open(new XElement(KeyWrap.Element, wrapped), masterKey).Value);

    internal static string Wrap(byte[] key, MasterKey masterKey) =>
        new KeyWrap(masterKey).Encrypt(new XElement("hashKey", Convert.ToBase64String(key))).EncryptedElement.Value;
}
