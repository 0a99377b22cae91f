using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

public sealed partial class ScheduleReader
{
    /// <summary>The calendars and members that the viewer may see.</summary>
    public async Task<ScheduleDirectory> DirectoryAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
        {
            return ScheduleDirectory.Empty;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calendars = await VisibleCalendars(db, actor)
            .OrderBy(calendar => calendar.Name)
            .Select(calendar => new
            {
                OpenHours = calendar.Hours,
                Shown = new ScheduleCalendar
                {
                    Id = calendar.Id,
                    Name = calendar.Name,
                    Type = calendar.Type,
                    Version = calendar.Version,
                    TimeZone = calendar.TimeZone,
                    Color = calendar.Color,
                    IsArchived = calendar.IsArchived,
                    LengthMinutes = calendar.Rules.LengthMinutes,
                    Seats = calendar.Rules.Seats,
                    Members = calendar.Members.Select(member => member.UserId).ToList(),
                    Hosts = new List<UserId>(),
                },
            })
            .ToListAsync(cancellationToken);
        var users = Users(db, actor);
        var members = await db.Users.AsNoTracking()
            .Where(user => users.Contains(user.Id))
            .OrderBy(user => user.Name)
            .Select(user => new { user.Id, user.Name, user.Hours, user.TimeZone })
            .ToListAsync(cancellationToken);
        return new ScheduleDirectory(
            [
                .. calendars.Select(row => row.Shown with
                {
                    Hosts = HostsOf(row.Shown, actor),
                    Hours = BookingSchedule.HoursOf(row.OpenHours, row.Shown.Type is not CalendarType.Event, row.Shown.TimeZone),
                }),
            ],
            [
                .. members.Select(user =>
                    new ScheduleMember(user.Id, user.Name) { Hours = BookingSchedule.HoursOfMember(user.Hours, user.TimeZone) }),
            ]);
    }

    /// <summary>The hosts that the viewer may choose: only on round robin, all of them only for admins.</summary>
    private static IReadOnlyList<UserId> HostsOf(ScheduleCalendar calendar, Actor actor) =>
        calendar.Type is not CalendarType.RoundRobin ? []
        : actor.IsAdmin ? calendar.Members
        : [.. calendar.Members.Where(member => member == actor.UserId)];

    private static IQueryable<Calendar> VisibleCalendars(ZoomCalendarContext db, Actor actor)
    {
        var calendars = db.Calendars.AsNoTracking().Where(calendar => calendar.SubAccountId == actor.SubAccountId);
        return actor.IsAdmin
            ? calendars
            : calendars.Where(
                calendar => db.Set<CalendarMember>().Any(member => member.CalendarId == calendar.Id && member.UserId == actor.UserId));
    }

    /// <summary>
    /// The users whose schedule the viewer may see: all for admins, otherwise the viewer and colleagues on the same calendars.
    /// </summary>
    private static IQueryable<UserId> Users(ZoomCalendarContext db, Actor actor)
    {
        var members = db.Memberships.AsNoTracking().Where(membership => membership.SubAccountId == actor.SubAccountId);
        if (!actor.IsAdmin)
        {
            members = members.Where(membership => membership.UserId == actor.UserId
                || db.Set<CalendarMember>().Any(colleague => colleague.UserId == membership.UserId
                    && db.Set<CalendarMember>().Any(mine => mine.CalendarId == colleague.CalendarId && mine.UserId == actor.UserId)
                    && db.Set<Calendar>().Any(calendar => calendar.Id == colleague.CalendarId
                        && calendar.SubAccountId == actor.SubAccountId)));
        }

        return members.Select(membership => membership.UserId);
    }
}
