using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// Reads calendars and their settings. Admins see all calendars of the sub-account, users those that they are members of.
/// </summary>
public sealed class CalendarQueries(IDbContextFactory<ZoomCalendarContext> contexts, ICalendarAppointments appointments)
{
    /// <summary>The calendars that the actor may see: active ones first, then by name.</summary>
    public async Task<IReadOnlyList<CalendarRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        if (role is null)
        {
            return [];
        }

        var rows = await db.Calendars
            .Where(calendar => calendar.SubAccountId == actor.SubAccountId)
            .Where(calendar => role == Role.Admin || calendar.Members.Any(member => member.UserId == actor.UserId))
            .OrderBy(calendar => calendar.IsArchived).ThenBy(calendar => calendar.Name).ThenBy(calendar => calendar.Id)
            .Select(
                calendar =>
                    new { calendar.Id, calendar.Name, calendar.Slug, calendar.Type, calendar.Version, calendar.IsArchived, calendar.Color })
            .ToListAsync(cancellationToken);
        var names = (await (
            from member in db.CalendarMembers
            join calendar in db.Calendars on member.CalendarId equals calendar.Id
            join user in db.Users on member.UserId equals user.Id
            where calendar.SubAccountId == actor.SubAccountId
            orderby user.Name
            select new { member.CalendarId, user.Name }).ToListAsync(cancellationToken)).ToLookup(row => row.CalendarId, row => row.Name);
        return
        [
            .. rows.Select(
                row => new CalendarRow(row.Id, row.Name, row.Slug, row.Type, row.Version, row.IsArchived, row.Color, [.. names[row.Id]])),
        ];
    }

    /// <summary>
    /// The settings, or the refusal. Calendars of other sub-accounts are not found; calendars that the user is not a member of are
    /// forbidden.
    /// </summary>
    public async Task<(CalendarView? View, Refusal? Refusal)> FindAsync(
        CalendarId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .SingleOrDefaultAsync(row => row.Id == id && row.SubAccountId == actor.SubAccountId, cancellationToken);
        if (role is null || calendar is null)
        {
            return (null, Refusal.NotFound);
        }

        if (role is not Role.Admin && calendar.Member(actor.UserId!.Value) is null)
        {
            return (null, Refusal.Forbidden);
        }

        var people = await MembersAsync(db, calendar, now, cancellationToken);
        return (ViewOf(calendar, people, role is Role.Admin), null);
    }

    /// <summary>All members of the sub-account, for choosing members and owners. Empty unless the actor is an admin.</summary>
    public async Task<IReadOnlyList<MemberChoice>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        return await (
            from membership in db.Memberships
            join user in db.Users on membership.UserId equals user.Id
            where membership.SubAccountId == actor.SubAccountId
            orderby user.Name, user.Id
            select new MemberChoice(user.Id, user.Name)).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<CalendarMemberView>> MembersAsync(
        ZoomCalendarContext db, Calendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = await (
            from member in db.CalendarMembers
            join user in db.Users on member.UserId equals user.Id
            where member.CalendarId == calendar.Id
            select new
            {
                user.Id,
                user.Name,
                IsConnected = db.Set<Connection>().Any(row => row.SubAccountId == calendar.SubAccountId && row.UserId == user.Id),
            }).ToListAsync(cancellationToken);
        var upcoming = await appointments.CountUpcomingAsync(db, calendar.Id, now, cancellationToken);

        return
        [
            .. from person in people
               let member = calendar.Member(person.Id)!
               orderby member.IsPrimaryOwner descending, person.Name, person.Id.Value
               select new CalendarMemberView(
                   person.Id,
                   person.Name,
                   member.Location,
                   calendar.PrimaryOwner?.UserId == person.Id,
                   member.Priority,
                   person.IsConnected,
                   upcoming.GetValueOrDefault(person.Id)),
        ];
    }

    private static CalendarView ViewOf(Calendar calendar, IReadOnlyList<CalendarMemberView> members, bool mayEdit) => new()
    {
        Id = calendar.Id,
        Name = calendar.Name,
        Slug = calendar.Slug,
        Description = calendar.Description,
        Type = calendar.Type,
        Version = calendar.Version,
        TimeZone = calendar.TimeZone,
        Hours = calendar.Hours,
        Rules = calendar.Rules,
        RoundRobinBy = calendar.RoundRobinBy,
        MeetingSettings = calendar.MeetingSettings,
        Location = calendar.Location,
        Color = calendar.Color,
        EmbedOrigins = calendar.EmbedOrigins,
        ReminderMinutes = calendar.ReminderMinutes,
        IsArchived = calendar.IsArchived,
        WhyNoZoom = calendar.WhyNoZoom,
        HasHost = calendar.HasHost,
        HasOneOwner = calendar.HasOneOwner(),
        RowVersion = calendar.RowVersion,
        Members = members,
        MayEdit = mayEdit,
    };
}
