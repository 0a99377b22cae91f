using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// The hash of a password that nobody has, with the parameters of a real one. Checking it takes as long as checking a user's password.
/// </summary>
internal sealed class DecoyPassword(IOptions<PasswordHasherOptions> options)
{
    private const byte Version3 = 1;
    private const uint HmacSha512 = 2;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;
    private const int HeaderBytes = 13;

    /// <summary>In the format of Identity's hasher: version, function, iterations, salt length, salt, key.</summary>
    public string Hash { get; } = Make(options.Value.IterationCount);

    private static string Make(int iterations)
    {
        var hash = RandomNumberGenerator.GetBytes(HeaderBytes + SaltBytes + KeyBytes);
        hash[0] = Version3;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(9), SaltBytes);
        return Convert.ToBase64String(hash);
    }
}
