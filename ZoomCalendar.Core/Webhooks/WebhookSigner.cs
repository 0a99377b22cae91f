using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>
/// Signs webhook bodies with Ed25519. The key is created once per installation, protected by Data Protection and shared by all nodes. .NET
/// 10 has no Ed25519, so Bouncy Castle is used. Thread-safe.
/// </summary>
public sealed class WebhookSigner(IDbContextFactory<ZoomCalendarContext> contexts, IDataProtectionProvider protection)
{
    private const string Purpose = "ZoomCalendar.WebhookSigningKey";

    // The DER prefix of an Ed25519 key in a SubjectPublicKeyInfo.
    private static readonly byte[] SpkiPrefix = Convert.FromHexString("302a300506032b6570032100");

    private volatile Ed25519PrivateKeyParameters? _key;

    /// <summary>The signature of the body in base64.</summary>
    public async Task<string> SignAsync(byte[] body, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        var signature = new byte[Ed25519.SignatureSize];
        key.Sign(Ed25519.Algorithm.Ed25519, null, body, 0, body.Length, signature, 0);
        return Convert.ToBase64String(signature);
    }

    /// <summary>The public key in PEM format, with which receivers verify signatures.</summary>
    public async Task<string> PublicKeyPemAsync(CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        return PemEncoding.WriteString("PUBLIC KEY", [.. SpkiPrefix, .. key.GeneratePublicKey().GetEncoded()]);
    }

    private async Task<Ed25519PrivateKeyParameters> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is { } known)
        {
            return known;
        }

        var protector = protection.CreateProtector(Purpose);
        var seed = await contexts.WriteAsync(
            async (db, cancel) =>
            {
                if (await db.SigningKeys.AsNoTracking().FirstOrDefaultAsync(cancel) is { } stored)
                {
                    return protector.Unprotect(Convert.FromBase64String(stored.ProtectedSeed));
                }

                var fresh = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);
                db.SigningKeys.Add(new SigningKey { ProtectedSeed = Convert.ToBase64String(protector.Protect(fresh)) });
                return fresh;
            },
            cancellationToken);
        return _key = new Ed25519PrivateKeyParameters(seed);
    }
}
