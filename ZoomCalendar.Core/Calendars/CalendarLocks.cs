using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>Calendars before users, each in ascending order, as bookings take them. On SQLite the transaction itself is the lock.</summary>
internal static class CalendarLocks
{
    public static async Task LockCalendarAsync(this ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM calendars WHERE "Id" = {calendar.Value} FOR NO KEY UPDATE""", cancellationToken);
        }
    }

    public static async Task LockCalendarsOfAsync(this ZoomCalendarContext db, UserId user, SubAccountId subAccount, CancellationToken cancellationToken)
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
