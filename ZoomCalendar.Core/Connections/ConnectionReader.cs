using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>A connection in the view of its owner.</summary>
/// <param name="Email">The e-mail address of the Zoom user.</param>
/// <param name="PlanType">1 Basic, 2 Licensed, 0 unknown.</param>
/// <param name="StateReason">The problem and the remedy. Null: connected.</param>
public sealed record ConnectionView(
    string ZoomUserKey,
    string Email,
    string DisplayName,
    int PlanType,
    ZoomAccountState State,
    string? StateReason,
    DateTimeOffset ConnectedAt)
{
    /// <summary>When a delayed disconnect was requested. Null: not requested.</summary>
    public DateTimeOffset? EndAskedAt { get; init; }

    /// <summary>True if other profiles, in any sub-account, are connected to the same Zoom account.</summary>
    public bool IsShared { get; init; }

    public bool Works => State is ZoomAccountState.Connected;
}

/// <summary>A Zoom account that the user has connected in another sub-account.</summary>
public sealed record OtherAccount(string ZoomUserKey, string Email, string SubAccountName);

/// <summary>Reads connections for the profile and the team pages.</summary>
public sealed class ConnectionReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>The user's connection in this sub-account. Null: not connected.</summary>
    public async Task<ConnectionView?> FindAsync(SubAccountId subAccount, UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from connection in db.Connections
            join account in db.ZoomAccounts on connection.ZoomUserKey equals account.Key
            where connection.SubAccountId == subAccount && connection.UserId == user
            select new ConnectionView(
                account.Key,
                account.Email,
                account.DisplayName,
                account.PlanType,
                account.State,
                account.StateReason,
                connection.ConnectedAt)
            {
                EndAskedAt = connection.EndAskedAt,
                IsShared = db.Set<Connection>()
                    .Any(other => other.ZoomUserKey == account.Key && !(other.SubAccountId == subAccount && other.UserId == user)),
            })
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A different Zoom account that the user has connected in another sub-account. Null: none.</summary>
    public async Task<OtherAccount?> ElsewhereAsync(
        SubAccountId here, UserId user, string? zoomUserKeyHere, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from connection in db.Connections
            join account in db.ZoomAccounts on connection.ZoomUserKey equals account.Key
            join subAccount in db.SubAccounts on connection.SubAccountId equals subAccount.Id
            where connection.UserId == user && connection.SubAccountId != here && connection.ZoomUserKey != zoomUserKeyHere
            orderby connection.ConnectedAt
            select new OtherAccount(account.Key, account.Email, subAccount.Name))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
