using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// An account whose tokens Zoom no longer accepts: its state changes and everybody connected to it is told, once, in one transaction.
/// Its meetings wait because the account's state says so; a new authorization makes them due again.
/// </summary>
public sealed class AccountLossRecorder(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    public const string ReconnectNeeded =
        "Zoom no longer accepts this connection. Bookings go on without a Zoom link; connect Zoom again and they get one.";

    /// <summary>Read by its user and by the sub-account's admins, so it says whose admin is meant.</summary>
    public const string ApprovalWithdrawn =
        "The admin of this Zoom account has withdrawn this app's approval. Once they approve it again, connect Zoom again.";

    /// <param name="seen">The stored refresh token, as encrypted, that the loss is about.</param>
    /// <returns>False if another pair is stored by now.</returns>
    internal async Task<bool> RecordAsync(
        string zoomUserKey, string seen, ZoomAccountState state, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var changed = await db.ZoomAccounts
            .Where(account => account.Key == zoomUserKey && account.State == ZoomAccountState.Connected && account.ProtectedRefreshToken == seen)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.State, state)
                    .SetProperty(account => account.StateReason, reason),
                cancellationToken);
        if (changed == 0)
        {
            return false;
        }

        await db.AddEventForConnectedAsync(zoomUserKey, EventKind.ConnectionLost, reason, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        return true;
    }
}
