using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// The locks of bookings: calendars before users, each in ascending order, so that transactions cannot deadlock. They hold across
/// processes. On SQLite the transaction itself is the lock (BEGIN IMMEDIATE), on PostgreSQL the rows are.
/// </summary>
public static class AppointmentLocks
{
    /// <summary>
    /// Locks the calendar's row if its limits span several hosts or it has no host, then every user whose time a booking there may take.
    /// With
    /// <paramref name="alsoTimeOf"/> also the users whose time a move frees.
    /// </summary>
    public static async Task LockForBookingAsync(
        this ZoomCalendarContext db, CalendarId calendar, CancellationToken cancellationToken, AppointmentId? alsoTimeOf = null)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE calendars SET "BookingLock" = "BookingLock" + 1
             WHERE "Id" = {calendar.Value} AND ("Rules_DayLimit" IS NOT NULL OR "Type" IN ('Event', 'RoundRobin'))
             """, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE users SET "TimeLock" = "TimeLock" + 1 WHERE "Id" IN (
                 SELECT "Id" FROM users WHERE "Id" IN (
                     SELECT "UserId" FROM calendar_members WHERE "CalendarId" = {calendar.Value}
                     UNION SELECT "UserId" FROM taken_times WHERE "AppointmentId" = {alsoTimeOf?.Value})
                 ORDER BY "Id" FOR NO KEY UPDATE)
             """, cancellationToken);
    }

    /// <summary>Locks every user whose time an appointment takes.</summary>
    public static async Task LockTimeOfAsync(this ZoomCalendarContext db, AppointmentId appointment, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 UPDATE users SET "TimeLock" = "TimeLock" + 1 WHERE "Id" IN (
                     SELECT "Id" FROM users WHERE "Id" IN (
                         SELECT "UserId" FROM taken_times WHERE "AppointmentId" = {appointment.Value}
                         UNION SELECT "HostId" FROM appointments WHERE "Id" = {appointment.Value})
                     ORDER BY "Id" FOR NO KEY UPDATE)
                 """, cancellationToken);
        }
    }
}
