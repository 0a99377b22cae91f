using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
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
            .Select(calendar => new
            {
                calendar.Id,
                calendar.Name,
                calendar.Slug,
                calendar.Type,
                calendar.Version,
                calendar.IsArchived,
                calendar.Color,
                calendar.Rules.LengthMinutes,
                calendar.Location.Kind,
                calendar.RowVersion,
            })
            .ToListAsync(cancellationToken);
        var members = (await (
            from member in db.CalendarMembers
            join calendar in db.Calendars on member.CalendarId equals calendar.Id
            join user in db.Users on member.UserId equals user.Id
            where calendar.SubAccountId == actor.SubAccountId
            orderby user.Name
            select new
            {
                member.CalendarId,
                member.IsPrimaryOwner,
                user.Name,
                member.Location.Kind,
                IsConnected = db.Set<Connection>().Any(row => row.SubAccountId == actor.SubAccountId && row.UserId == user.Id),
            }).ToListAsync(cancellationToken)).ToLookup(row => row.CalendarId);
        return
        [
            .. from row in rows
               let people = members[row.Id].ToList()
               let hosts = row.Type is CalendarType.Collective ? people.OrderByDescending(member => member.IsPrimaryOwner).Take(1) : people
               select new CalendarRow
               {
                   Id = row.Id,
                   Name = row.Name,
                   Slug = row.Slug,
                   Type = row.Type,
                   Version = row.Version,
                   IsArchived = row.IsArchived,
                   Color = row.Color,
                   LengthMinutes = row.LengthMinutes,
                   Members = [.. people.Select(member => member.Name)],
                   Locations = row.Type is CalendarType.Event
                       ? [new CalendarRowLocation(null, row.Kind, false)]
                       : [.. hosts.Select(member => new CalendarRowLocation(member.Name, member.Kind, member.IsConnected))],
                   RowVersion = row.RowVersion,
               },
        ];
    }

    /// <summary>The active calendars that the actor hosts in the sub-account, by name.</summary>
    public async Task<IReadOnlyList<HostedCalendar>> HostedAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CurrentRoleAsync(actor, cancellationToken) is null
            ? []
            : await db.Calendars
                .Where(calendar => calendar.SubAccountId == actor.SubAccountId && !calendar.IsArchived)
                .Where(calendar => calendar.Members.Any(member => member.UserId == actor.UserId))
                .OrderBy(calendar => calendar.Name).ThenBy(calendar => calendar.Id)
                .Select(calendar => new HostedCalendar(calendar.Id, calendar.Name, calendar.Slug, calendar.EmbedOrigins != ""))
                .ToListAsync(cancellationToken);
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
