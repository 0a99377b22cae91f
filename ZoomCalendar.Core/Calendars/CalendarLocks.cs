using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// Row locks on calendars. Take them before the locks on users, each in ascending order, like bookings do. On SQLite the transaction itself
/// is the lock.
/// </summary>
internal static class CalendarLocks
{
    /// <summary>Locks one calendar until the end of the transaction.</summary>
    public static async Task LockCalendarAsync(this ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM calendars WHERE "Id" = {calendar.Value} FOR NO KEY UPDATE""", cancellationToken);
        }
    }

    /// <summary>Locks all calendars of the sub-account that the user is a member of.</summary>
    public static async Task LockCalendarsOfAsync(
        this ZoomCalendarContext db, UserId user, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 SELECT 1 FROM calendars
                 WHERE "SubAccountId" = {subAccount.Value} AND "Id" IN (SELECT "CalendarId" FROM calendar_members WHERE "UserId" = {user.Value})
                 ORDER BY "Id" FOR NO KEY UPDATE
                 """, cancellationToken);
        }
    }
}
