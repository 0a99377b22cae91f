using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>
/// Checks that the key ring in the database was encrypted with this master key. Without the check, a wrong key would silently start a
/// second key ring.
/// </summary>
public sealed class KeyRingCheck(IDbContextFactory<ZoomCalendarContext> contexts, MasterKey masterKey)
{
    /// <summary>Tries to decrypt each stored key.</summary>
    /// <exception cref="StartupException">There are keys, and none of them can be decrypted.</exception>
    public async Task EnsureMasterKeyMatchesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = await db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).ToListAsync(cancellationToken);
        var wrapped = keys.OfType<string>().SelectMany(xml => XElement.Parse(xml).Descendants(KeyWrap.Element)).ToList();
        if (wrapped.Count > 0 && !wrapped.Any(CanDecrypt))
        {
            throw new StartupException(
                "DataProtection:MasterKey is not the key that this database was set up with, so no Zoom token, session or link in it can "
                    + "be read. "
                + "Set DataProtection__MasterKey (or DataProtection__CertificatePath) to the former key; "
                + "in Development it is in the file keys/master.key of the data folder. "
                + "If that key is lost for good, the command renew-installation makes a fresh start: "
                + "everybody signs in and connects Zoom anew.");
        }
    }

    private bool CanDecrypt(XElement wrapped)
    {
        try
        {
            KeyUnwrap.Open(wrapped, masterKey);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
