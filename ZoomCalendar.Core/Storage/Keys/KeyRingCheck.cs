using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>Whether this database's key ring belongs to this master key. Without the question, a wrong key would quietly start a second ring.</summary>
public sealed class KeyRingCheck(IDbContextFactory<ZoomCalendarContext> contexts, MasterKey masterKey)
{
    /// <summary>Throws a <see cref="StartupException"/> if there are keys and none of them opens.</summary>
    public async Task EnsureMasterKeyMatchesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = await db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).ToListAsync(cancellationToken);
        var wrapped = keys.OfType<string>().SelectMany(xml => XElement.Parse(xml).Descendants(KeyWrap.Element)).ToList();
        if (wrapped.Count > 0 && !wrapped.Any(Opens))
        {
            throw new StartupException(
                "DataProtection:MasterKey is not the key that this database was set up with, so no Zoom token, session or link in it can be read. "
                + "Set DataProtection__MasterKey (or DataProtection__CertificatePath) to the former key; in Development it is in the file keys/master.key of the data folder. "
                + "If that key is lost for good, the command renew-installation makes a fresh start: everybody signs in and connects Zoom anew.");
        }
    }

    private bool Opens(XElement wrapped)
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
