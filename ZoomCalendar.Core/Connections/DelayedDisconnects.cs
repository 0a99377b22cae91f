using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>Disconnecting after the deletions that wait: until then the connection stands as before, for without it nothing can be deleted.</summary>
public sealed class DelayedDisconnects(
    IDbContextFactory<ZoomCalendarContext> contexts, ZoomConnections connections, IAccountMeetings meetings, Signals signals)
{
    /// <returns>False: there is no connection.</returns>
    public async Task<bool> RequestAsync(SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isConnected = await SetAsync(subAccount, user, now, cancellationToken);
        signals.DisconnectsDue.Wake();
        return isConnected;
    }

    public Task<bool> CancelAsync(SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        SetAsync(subAccount, user, null, cancellationToken);

    /// <summary>Ends the connections whose last deletion has been sent.</summary>
    public async Task FinishAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Connection> ready;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var waiting = meetings.WaitingDeletions(db, now);
            ready = await db.Connections.AsNoTracking()
                .Where(row => row.EndAskedAt != null && !waiting.Contains(row.ZoomUserKey))
                .ToListAsync(cancellationToken);
        }

        foreach (var connection in ready)
        {
            await connections.DisconnectIfAskedAsync(connection.SubAccountId, connection.UserId, now, cancellationToken);
        }
    }

    private async Task<bool> SetAsync(SubAccountId subAccount, UserId user, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Connections.Where(row => row.SubAccountId == subAccount && row.UserId == user)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndAskedAt, at), cancellationToken) > 0;
    }
}
