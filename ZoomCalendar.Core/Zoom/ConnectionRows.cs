using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

internal static class ConnectionRows
{
    public static Task<bool> IsMemberAsync(this ZoomCalendarContext db, SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        db.Memberships.AnyAsync(membership => membership.SubAccountId == subAccount && membership.UserId == user, cancellationToken);
}
