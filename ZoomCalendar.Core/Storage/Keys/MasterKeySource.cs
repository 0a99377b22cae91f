using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>
/// Loads the master key from a setting, from a certificate, or (in Development only) from a file that is created on first use.
/// </summary>
public static class MasterKeySource
{
    private const string Section = "DataProtection";

    /// <param name="configuration"><c>DataProtection:MasterKey</c> (base64 of 32 bytes), or <c>DataProtection:CertificatePath</c> (a PFX
    /// file) and <c>DataProtection:CertificatePassword</c>.</param>
    /// <param name="fileInDevelopment">The key file in Development. Null: a setting is required.</param>
    public static MasterKey Load(IConfiguration configuration, string? fileInDevelopment)
    {
        var section = configuration.GetSection(Section);
        if (section["MasterKey"] is { Length: > 0 } text)
        {
            return FromText(text, $"{Section}:MasterKey");
        }

        if (section["CertificatePath"] is { Length: > 0 } path)
        {
            return FromCertificate(path, section["CertificatePassword"]);
        }

        return fileInDevelopment is not null
            ? FromFile(fileInDevelopment)
            : throw new StartupException(
                "DataProtection:MasterKey is missing. Zoom tokens are encrypted under it, so it has to be kept outside the database. "
                + "Make one with 'openssl rand -base64 32' and set it with user-secrets or DataProtection__MasterKey, or set "
                + "DataProtection:CertificatePath.");
    }

    /// <summary>Loads the key that shall replace the present one: <c>DataProtection:NewMasterKey</c> (base64 of 32 bytes).</summary>
    public static MasterKey LoadNew(IConfiguration configuration) => configuration[$"{Section}:NewMasterKey"] is { Length: > 0 } text
        ? FromText(text, $"{Section}:NewMasterKey")
        : throw new StartupException(
            "DataProtection:NewMasterKey is missing. Make a key with 'openssl rand -base64 32' and set it in "
                + "DataProtection__NewMasterKey for this command.");

    private static MasterKey FromText(string text, string where)
    {
        var bytes = new byte[MasterKey.Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var written) && written == MasterKey.Length
            ? new MasterKey(bytes)
            : throw new StartupException($"{where} must be the base64 of 32 bytes. Make one with 'openssl rand -base64 32'.");
    }

    // A renewed certificate must keep its key pair: another one cannot decrypt the key ring.
    private static MasterKey FromCertificate(string path, string? password)
    {
        using var certificate = LoadCertificate(path, password);
        var secret = certificate.GetRSAPrivateKey()?.ExportPkcs8PrivateKey() ?? certificate.GetECDsaPrivateKey()?.ExportPkcs8PrivateKey()
            ?? throw new StartupException("DataProtection:CertificatePath names a certificate without a private key.");
        return new MasterKey(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, MasterKey.Length, info: "zoomcalendar master key"u8.ToArray()));
    }

    private static X509Certificate2 LoadCertificate(string path, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(
                path, password, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                "DataProtection:CertificatePath cannot be read as a PFX file with DataProtection:CertificatePassword.", exception);
        }
    }

    private static MasterKey FromFile(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        return FromText(File.ReadAllText(path), path);
    }

    private static void Create(string path)
    {
        OwnerOnly.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var part = $"{path}.{Guid.NewGuid():N}";
        using (var writer = new StreamWriter(OwnerOnlyFile.Create(part)))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)));
        }

        try
        {
            // The move is atomic. Of two processes, the first one wins.
            File.Move(part, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);
        }
    }
}
