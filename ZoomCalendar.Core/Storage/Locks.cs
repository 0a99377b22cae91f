using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// The locks that bookings take: calendars before users, each in ascending order, so that no two transactions wait for each other.
/// They hold across processes. On SQLite the transaction itself is the lock (BEGIN IMMEDIATE), on PostgreSQL it is the rows.
/// </summary>
public static class Locks
{
    /// <summary>A transaction that may write from its first statement on; on SQLite it waits up to 30 s for other writers.</summary>
    public static Task<IDbContextTransaction> BeginWriteAsync(this ZoomCalendarContext db, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(cancellationToken);

    public static async Task LockCalendarAsync(this ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE calendars SET "BookingLock" = "BookingLock" + 1 WHERE "Id" = {calendar.Value}""", cancellationToken);
        }
    }

    public static async Task LockUsersAsync(this ZoomCalendarContext db, IEnumerable<UserId> users, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            var ids = users.Select(user => user.Value).Distinct().ToArray();
            await db.Database.ExecuteSqlAsync(
                $"""
                 UPDATE users SET "TimeLock" = "TimeLock" + 1
                 WHERE "Id" IN (SELECT "Id" FROM users WHERE "Id" = ANY ({ids}) ORDER BY "Id" FOR UPDATE)
                 """, cancellationToken);
        }
    }
}
