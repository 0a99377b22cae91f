using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

internal static class ConnectionQueries
{
    /// <summary>True if the user is a member of the sub-account.</summary>
    public static Task<bool> IsMemberAsync(
        this ZoomCalendarContext db, SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        db.Memberships.AnyAsync(membership => membership.SubAccountId == subAccount && membership.UserId == user, cancellationToken);

    /// <summary>True if the user has a connection in the sub-account.</summary>
    public static Task<bool> IsConnectedAsync(
        this ZoomCalendarContext db, SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        db.Connections.AnyAsync(row => row.SubAccountId == subAccount && row.UserId == user, cancellationToken);
}
