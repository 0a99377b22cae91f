using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A grant that is encrypted for its row. It must be created before the transaction begins: Data Protection may write a key to the same
/// database, and would wait for the transaction.
/// </summary>
internal sealed record EncryptedGrant(string Key, ZoomUser Profile, string Access, string Refresh, DateTimeOffset ExpiresAt, string Scopes)
{
    public override string ToString() => nameof(EncryptedGrant);
}
