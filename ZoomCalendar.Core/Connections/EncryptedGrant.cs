using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A grant, encrypted for the row it goes to. Made before the transaction begins: Data Protection keeps its keys in the same database,
/// and one made within would wait for ours to end.
/// </summary>
internal sealed record EncryptedGrant(string Key, ZoomUser Profile, string Access, string Refresh, DateTimeOffset ExpiresAt, string Scopes)
{
    public override string ToString() => nameof(EncryptedGrant);
}
