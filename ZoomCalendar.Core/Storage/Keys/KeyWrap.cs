using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>Encrypts each Data Protection key with AES-GCM under the master key before it is stored.</summary>
internal sealed class KeyWrap(MasterKey masterKey) : IXmlEncryptor
{
    internal const string Use = "key ring";
    internal const string Element = "wrapped";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(masterKey.Derive(Use), tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement(Element, Convert.ToBase64String([.. nonce, .. tag, .. cipher])), typeof(KeyUnwrap));
    }
}

/// <summary>
/// Decrypts a stored key. Data Protection creates it from the type name in the stored XML, so this type must keep its name.
/// </summary>
internal sealed class KeyUnwrap(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => Open(encryptedElement, services.GetRequiredService<MasterKey>());

    public static XElement Open(XElement encryptedElement, MasterKey masterKey)
    {
        ReadOnlySpan<byte> wrapped = Convert.FromBase64String(encryptedElement.Value);
        var nonce = wrapped[..AesGcm.NonceByteSizes.MaxSize];
        var tag = wrapped[nonce.Length..][..AesGcm.TagByteSizes.MaxSize];
        var cipher = wrapped[(nonce.Length + tag.Length)..];
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(masterKey.Derive(KeyWrap.Use), tag.Length);
        aes.Decrypt(nonce, cipher, tag, plain);
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
    }
}
