using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>One upcoming appointment of a member.</summary>
public sealed record UpcomingAppointment(
    AppointmentId Id, string Title, string CalendarName, DateTimeOffset Start, DateTimeOffset End, bool IsZoom);

/// <summary>Reads a member's upcoming appointments for an admin who reassigns them. At most 500. Thread-safe.</summary>
public sealed class UpcomingAppointmentsReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int Most = 500;

    /// <summary>The host's upcoming appointments, ordered by start; empty for actors who are not admins.</summary>
    public async Task<IReadOnlyList<UpcomingAppointment>> ReadAsync(
        UserId host, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        return await (
            from appointment in db.Appointments.AsNoTracking().WhereActive()
            join calendar in db.Calendars on appointment.CalendarId equals calendar.Id
            where appointment.SubAccountId == actor.SubAccountId && appointment.HostId == host && appointment.End > now
            orderby appointment.Start, appointment.Id
            select new UpcomingAppointment(
                appointment.Id,
                appointment.Title,
                calendar.Name,
                appointment.Start,
                appointment.End,
                appointment.Location.Kind == Accounts.MeetingLocationKind.Zoom))
            .Take(Most).ToListAsync(cancellationToken);
    }
}
