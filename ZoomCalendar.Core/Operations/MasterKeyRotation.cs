using System.Data.Common;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;

namespace ZoomCalendar.Core.Operations;

/// <summary>
/// Replaces the master key. The keys in the database are encrypted with the new one, in one transaction; what they encrypt (tokens,
/// cookies, links) stays as it is and is read as before.
/// </summary>
public sealed class MasterKeyRotation(DatabaseOptions database)
{
    /// <summary>Rotates the key. The app must be stopped: a running node would go on with the former key.</summary>
    /// <returns>How many keys were encrypted anew.</returns>
    /// <exception cref="StartupException">The present key is not the database's, or both are the same. Nothing was changed.</exception>
    public async Task<int> RotateAsync(MasterKey present, MasterKey next, CancellationToken cancellationToken)
    {
        if (present.IsSameAs(next))
        {
            throw new StartupException("DataProtection:NewMasterKey is the present key. Make another one with 'openssl rand -base64 32'.");
        }

        await using var endpoint = DatabaseEndpoint.Of(database);
        try
        {
            await endpoint.OpenSourceAsync(cancellationToken);
            await CopySource.IdentifyAsync(endpoint, cancellationToken);
            await endpoint.LockAsync(cancellationToken);
            await endpoint.ReleaseAsync(cancellationToken);
            await using var db = endpoint.NewContext();
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            var count = 0;
            foreach (var row in await db.DataProtectionKeys.ToListAsync(cancellationToken))
            {
                var xml = XElement.Parse(row.Xml!);
                foreach (var wrapped in xml.Descendants(KeyWrap.Element).ToList())
                {
                    wrapped.ReplaceWith(new KeyWrap(next).Encrypt(Open(wrapped, present)).EncryptedElement);
                    count++;
                }

                row.Xml = xml.ToString(SaveOptions.DisableFormatting);
            }

            var installation = await db.Installations.SingleAsync(cancellationToken);
            installation.WrappedHashKey = HashKey.Wrap(HashKey.Open(installation.WrappedHashKey, present), next);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return count;
        }
        catch (DbException exception)
        {
            throw CopyErrors.Of(endpoint.Name, exception);
        }
    }

    private static XElement Open(XElement wrapped, MasterKey present)
    {
        try
        {
            return KeyUnwrap.Open(wrapped, present);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            throw new StartupException(
                "A key in this database was not made under the present DataProtection:MasterKey, so it cannot be encrypted anew. "
                    + "Nothing was changed. Set DataProtection__MasterKey to the key with which the app runs.",
                exception);
        }
    }
}
