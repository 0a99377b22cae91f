using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Keyed hashes of Zoom user ids. What must outlive the erasure of a Zoom user's data (the day's count, whose meeting it was)
/// is kept under them; without the key, which lies outside the database, they name nobody.
/// </summary>
public sealed class ZoomUserKeys(byte[] key)
{
    public string KeyOf(string zoomUserId) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(zoomUserId)));
}
