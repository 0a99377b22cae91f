using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

internal static class ConnectionEvents
{
    /// <summary>Adds one event for each connection to this Zoom account, saved with the caller's transaction.</summary>
    public static async Task AddEventForConnectedAsync(
        this ZoomCalendarContext db,
        string zoomUserKey,
        EventKind kind,
        string detail,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connections = await db.Connections.AsNoTracking()
            .Where(connection => connection.ZoomUserKey == zoomUserKey)
            .ToListAsync(cancellationToken);
        foreach (var connection in connections)
        {
            db.AddEvent(kind, connection.SubAccountId, connection.UserId, null, detail, now);
        }
    }
}
