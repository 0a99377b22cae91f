using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>Delayed disconnects: the connection ends after the pending deletions, which need it.</summary>
public sealed class DelayedDisconnects(
    IDbContextFactory<ZoomCalendarContext> contexts, ZoomConnections connections, IAccountMeetings meetings, Signals signals)
{
    /// <summary>Requests a disconnect after the pending deletions.</summary>
    /// <returns>False if there is no connection.</returns>
    public async Task<bool> RequestAsync(SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isConnected = await SetAsync(subAccount, user, now, cancellationToken);
        signals.DisconnectsDue.Wake();
        return isConnected;
    }

    /// <summary>Cancels a delayed disconnect. False if there is no connection.</summary>
    public Task<bool> CancelAsync(SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        SetAsync(subAccount, user, null, cancellationToken);

    /// <summary>Ends the connections that have no pending deletion left.</summary>
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
