using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Reads the schedule for staff. A read model: it reads the visible range with one statement per table, and returns only what the viewer's
/// role allows. Thread-safe.
/// </summary>
public sealed partial class ScheduleReader(IDbContextFactory<ZoomCalendarContext> contexts, TimeProvider clock)
{
    /// <summary>Everything that overlaps [from, to); empty for actors who are not staff.</summary>
    public async Task<ScheduleRange> RangeAsync(
        Actor actor, DateTimeOffset from, DateTimeOffset to, ScheduleFilter filter, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
        {
            return ScheduleRange.Empty;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var cards = await CardsAsync(db, actor, from, to, filter, cancellationToken);
        var taken = await TakenAsync(db, actor, from, to, filter, cancellationToken);
        var blocked = await BlockedAsync(db, actor, from, to, filter, cancellationToken);

        var attending = taken.ToLookup(time => time.AppointmentId, time => time.UserId);
        return new ScheduleRange(
            [.. cards.Select(card => card with { Attending = [.. attending[card.Id]] })],
            [.. taken.Where(time => time.IsHidden).Select(time => new BusyCard(time.UserId, time.Start, time.End)).Distinct()],
            blocked);
    }

    private async Task<List<AppointmentCard>> CardsAsync(
        ZoomCalendarContext db,
        Actor actor,
        DateTimeOffset from,
        DateTimeOffset to,
        ScheduleFilter filter,
        CancellationToken cancellationToken)
    {
        var earliest = from - Appointment.Longest;
        var appointments = Chosen(db, actor, filter).Where(row => row.Start >= earliest && row.Start < to && row.End > from);
        var now = clock.GetUtcNow();
        var rows = await Rows(db, actor, appointments.OrderBy(row => row.Start).ThenBy(row => row.Id)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => Card(row, now))];
    }

    /// <summary>The visible appointments that match the filter.</summary>
    private static IQueryable<Appointment> Chosen(ZoomCalendarContext db, Actor actor, ScheduleFilter filter)
    {
        var appointments = Visible(db, actor);
        if (!filter.WithCancelled)
        {
            appointments = appointments.Where(row => row.Status != AppointmentStatus.Cancelled && row.Status != AppointmentStatus.Invalid);
        }

        if (filter.Members.Count > 0)
        {
            appointments = appointments.Where(row =>
                (row.HostId != null && filter.Members.Contains(row.HostId.Value))
                || db.Set<BusyTime>().Any(time => time.AppointmentId == row.Id && filter.Members.Contains(time.UserId)));
        }

        if (filter.Calendars.Count > 0)
        {
            appointments = appointments.Where(row => filter.Calendars.Contains(row.CalendarId));
        }

        if (SearchKey.Of(filter.Search) is { Length: > 0 } search)
        {
            appointments = appointments.Where(row => row.SearchText!.Contains(search));
        }

        return appointments;
    }

    /// <summary>Admins see all appointments of the sub-account; users those of their calendars and those they host.</summary>
    private static IQueryable<Appointment> Visible(ZoomCalendarContext db, Actor actor)
    {
        var rows = db.Appointments.AsNoTracking()
            .Where(row => row.SubAccountId == actor.SubAccountId && row.Status != AppointmentStatus.Deleted);
        return actor.IsAdmin
            ? rows
            : rows.Where(row => row.HostId == actor.UserId
                || db.Set<CalendarMember>().Any(member => member.CalendarId == row.CalendarId && member.UserId == actor.UserId));
    }

    private static IQueryable<Row> Rows(ZoomCalendarContext db, Actor actor, IQueryable<Appointment> appointments) =>
        from appointment in appointments
        join meeting in db.SlotMeetings.AsNoTracking() on appointment.SlotMeetingId equals (SlotMeetingId?)meeting.Id into meetings
        from meeting in meetings.DefaultIfEmpty()
        select new Row(
            appointment,
            meeting,
            db.Set<ZoomAccount>().Where(account => account.Key == meeting.ZoomUserKey).Select(account => (ZoomAccountState?)account.State)
                .FirstOrDefault(),
            actor.IsAdmin || (appointment.HostId == actor.UserId
                && db.Set<CalendarMember>().Any(member => member.CalendarId == appointment.CalendarId && member.UserId == actor.UserId)));

    private static async Task<List<VisibleBusyTime>> TakenAsync(
        ZoomCalendarContext db,
        Actor actor,
        DateTimeOffset from,
        DateTimeOffset to,
        ScheduleFilter filter,
        CancellationToken cancellationToken)
    {
        var earliest = from - Appointment.Longest;
        var users = Users(db, actor);
        var calendars = VisibleCalendars(db, actor);
        var visible = Visible(db, actor);
        var times = db.BusyTimes.AsNoTracking()
            .Where(time => time.Start >= earliest && time.Start < to && time.End > from && users.Contains(time.UserId));
        if (filter.Members.Count > 0)
        {
            times = times.Where(time => filter.Members.Contains(time.UserId));
        }

        return await times
            .OrderBy(time => time.Start)
            .Select(time => new VisibleBusyTime(
                time.AppointmentId,
                time.UserId,
                time.Start,
                time.End,
                // Asked by key for each of the range: a list of all that the viewer hosts would grow with the past.
                !calendars.Any(calendar => calendar.Id == time.CalendarId)
                    && !(time.HostId == actor.UserId && visible.Any(row => row.Id == time.AppointmentId))))
            .ToListAsync(cancellationToken);
    }

    private static async Task<List<BlockedCard>> BlockedAsync(
        ZoomCalendarContext db,
        Actor actor,
        DateTimeOffset from,
        DateTimeOffset to,
        ScheduleFilter filter,
        CancellationToken cancellationToken)
    {
        var users = Users(db, actor);
        var calendars = VisibleCalendars(db, actor).Select(calendar => calendar.Id);
        var times = db.BlockedTimes.AsNoTracking().Where(time => time.End > from && time.Start < to);
        times = filter.Members.Count > 0
            ? times.Where(time => time.UserId != null && users.Contains(time.UserId.Value) && filter.Members.Contains(time.UserId.Value))
            : times.Where(time => (time.UserId != null && users.Contains(time.UserId.Value))
                || (time.CalendarId != null && calendars.Contains(time.CalendarId.Value)));
        return await times
            .OrderBy(time => time.Start)
            .Select(time => new BlockedCard(
                time.Id, time.UserId, time.CalendarId, time.SubAccountId == actor.SubAccountId ? time.Title : "", time.Start, time.End))
            .ToListAsync(cancellationToken);
    }

    private static AppointmentCard Card(Row row, DateTimeOffset now) => new()
    {
        Id = row.Appointment.Id,
        Version = row.Appointment.Version,
        Slot = row.Appointment.Slot,
        End = row.Appointment.End,
        Title = row.Appointment.Title,
        BookerName = row.Appointment.Booker.Name,
        Status = row.Appointment.Status,
        Location = row.Appointment.Location,
        Link = LinkFacts.Of(row.Appointment, row.Meeting, row.Account, now),
        IsMine = row.IsMine,
    };

    private sealed record Row(Appointment Appointment, SlotMeeting? Meeting, ZoomAccountState? Account, bool IsMine);

    /// <param name="AppointmentId">The appointment that takes the time.</param>
    /// <param name="UserId">The user whose time it takes.</param>
    /// <param name="Start">Its start.</param>
    /// <param name="End">Its end.</param>
    /// <param name="IsHidden">The viewer may not see the appointment.</param>
    private sealed record VisibleBusyTime(
        AppointmentId AppointmentId, UserId UserId, DateTimeOffset Start, DateTimeOffset End, bool IsHidden);
}
