using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Records that Zoom no longer accepts an account's tokens: changes its state and adds an event for each connection, in one transaction.
/// The account's meetings wait until a new authorization.
/// </summary>
public sealed class AccountLossRecorder(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    public const string ReconnectNeeded =
        "Zoom no longer accepts this connection. Bookings continue without a Zoom link; connect Zoom again and they get one.";

    /// <summary>The text is for the user and for the sub-account's admins, so it says which admin is meant.</summary>
    public const string ApprovalWithdrawn =
        "The admin of this Zoom account has withdrawn this app's approval. Once they approve it again, connect Zoom again.";

    /// <param name="seen">The encrypted refresh token that Zoom rejected.</param>
    /// <returns>False if other tokens were stored in the meantime.</returns>
    internal async Task<bool> RecordAsync(
        string zoomUserKey, string seen, ZoomAccountState state, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var changed = await db.ZoomAccounts
            .Where(
                account => account.Key == zoomUserKey
                    && account.State == ZoomAccountState.Connected
                    && account.ProtectedRefreshToken == seen)
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
