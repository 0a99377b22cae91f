using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>A connection as its owner sees it.</summary>
/// <param name="Email">Of the Zoom user.</param>
/// <param name="PlanType">1 Basic, 2 Licensed, 0 unknown.</param>
/// <param name="StateReason">What is wrong and what to do, unless connected.</param>
public sealed record ConnectionView(
    string ZoomUserKey, string Email, string DisplayName, int PlanType, ZoomAccountState State, string? StateReason, DateTimeOffset ConnectedAt)
{
    /// <summary>It ends when the deletions that wait have been sent; null: it does not.</summary>
    public DateTimeOffset? EndAskedAt { get; init; }

    /// <summary>Other profiles, here or elsewhere, are connected with the same Zoom account.</summary>
    public bool IsShared { get; init; }

    public bool Works => State is ZoomAccountState.Connected;
}

/// <summary>The Zoom account that the user has in another sub-account.</summary>
public sealed record OtherAccount(string ZoomUserKey, string Email, string SubAccountName);

public sealed class ConnectionReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    public async Task<ConnectionView?> FindAsync(SubAccountId subAccount, UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from connection in db.Connections
            join account in db.ZoomAccounts on connection.ZoomUserKey equals account.Key
            where connection.SubAccountId == subAccount && connection.UserId == user
            select new ConnectionView(
                account.Key, account.Email, account.DisplayName, account.PlanType, account.State, account.StateReason, connection.ConnectedAt)
            {
                EndAskedAt = connection.EndAskedAt,
                IsShared = db.Set<Connection>().Any(other => other.ZoomUserKey == account.Key && !(other.SubAccountId == subAccount && other.UserId == user)),
            })
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The members of a sub-account who have connected Zoom there.</summary>
    public async Task<IReadOnlySet<UserId>> ConnectedUsersAsync(SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Connections.Where(connection => connection.SubAccountId == subAccount)
            .Select(connection => connection.UserId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Named before connecting: a different one here is possible, but not recommended. Null: none, or the same as here.</summary>
    public async Task<OtherAccount?> ElsewhereAsync(SubAccountId here, UserId user, string? zoomUserKeyHere, CancellationToken cancellationToken)
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
