using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>Row locks on users, in ascending order, and on sub-accounts. On SQLite the transaction itself is the lock.</summary>
public static class AccountLocks
{
    /// <summary>Locks the users until the end of the transaction, in ascending order of their ids.</summary>
    public static async Task LockUsersAsync(this ZoomCalendarContext db, IEnumerable<UserId> users, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            var ids = users.Select(user => user.Value).Distinct().ToArray();
            await db.Database.ExecuteSqlAsync(
                $"""
                 UPDATE users SET "TimeLock" = "TimeLock" + 1
                 WHERE "Id" IN (SELECT "Id" FROM users WHERE "Id" = ANY ({ids}) ORDER BY "Id" FOR NO KEY UPDATE)
                 """, cancellationToken);
        }
    }

    /// <summary>Locks the sub-account's invitations and members.</summary>
    public static async Task LockSubAccountAsync(this ZoomCalendarContext db, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM sub_accounts WHERE "Id" = {subAccount.Value} FOR NO KEY UPDATE""", cancellationToken);
        }
    }
}
