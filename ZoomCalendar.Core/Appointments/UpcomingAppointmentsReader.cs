using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>One upcoming appointment of a member.</summary>
public sealed record UpcomingAppointment(
    AppointmentId Id, string Title, string CalendarName, DateTimeOffset Start, DateTimeOffset End, bool IsZoom);

/// <summary>One page of a member's upcoming appointments.</summary>
/// <param name="Appointments">The appointments, ordered by start.</param>
/// <param name="Total">The number of all of them.</param>
public sealed record UpcomingResults(IReadOnlyList<UpcomingAppointment> Appointments, int Total);

/// <summary>Reads a member's upcoming appointments for an admin who reassigns them. Thread-safe.</summary>
public sealed class UpcomingAppointmentsReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>The largest number of appointments that are reassigned together.</summary>
    public const int Most = 500;

    /// <summary>One page of the host's upcoming appointments, ordered by start; empty for actors who are not admins.</summary>
    public async Task<UpcomingResults> PageAsync(
        UserId host, int skip, int take, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new UpcomingResults([], 0);
        }

        var appointments = Upcoming(db, host, actor, now);
        var rows = await (
            from appointment in appointments
            join calendar in db.Calendars on appointment.CalendarId equals calendar.Id
            orderby appointment.Start, appointment.Id
            select new UpcomingAppointment(
                appointment.Id,
                appointment.Title,
                calendar.Name,
                appointment.Start,
                appointment.End,
                appointment.Location.Kind == Accounts.MeetingLocationKind.Zoom))
            .Skip(skip).Take(take).ToListAsync(cancellationToken);
        return new UpcomingResults(rows, await appointments.CountAsync(cancellationToken));
    }

    /// <summary>
    /// The host's next upcoming appointments, at most <see cref="Most"/>, ordered by start; empty for actors who are not admins.
    /// </summary>
    public async Task<IReadOnlyList<AppointmentId>> IdsAsync(
        UserId host, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CurrentRoleAsync(actor, cancellationToken) is Role.Admin
            ? await Upcoming(db, host, actor, now).OrderBy(row => row.Start).ThenBy(row => row.Id).Select(row => row.Id)
                .Take(Most).ToListAsync(cancellationToken)
            : [];
    }

    private static IQueryable<Appointment> Upcoming(ZoomCalendarContext db, UserId host, Actor actor, DateTimeOffset now) =>
        db.Appointments.AsNoTracking().WhereActive().WhereNotOver(now)
            .Where(row => row.SubAccountId == actor.SubAccountId && row.HostId == host);
}
