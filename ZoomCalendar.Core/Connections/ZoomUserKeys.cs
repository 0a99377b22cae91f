using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Keyed hashes of Zoom user ids. Data that must survive the erasure of a Zoom user (the day's request count, the account of a meeting)
/// refers to them. Without the key (<see cref="Storage.Keys.HashKey"/>) they identify nobody.
/// </summary>
public sealed class ZoomUserKeys(byte[] key)
{
    /// <summary>The key of a Zoom user id: 43 characters of base64url.</summary>
    public string KeyOf(string zoomUserId) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(zoomUserId)));
}
