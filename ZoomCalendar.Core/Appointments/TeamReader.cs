using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>A member as admins see them.</summary>
/// <param name="Zoom">Null: not connected here.</param>
public sealed record TeamMember(
    UserId UserId, string Name, string Email, Role Role, int Version, ZoomAccountState? Zoom, string ZoomEmail, MeetingLocation DefaultLocation, int UpcomingAppointments);

/// <summary>What removing a member would leave behind.</summary>
public sealed record RemovalPreview(string Name, int Version, int UpcomingAppointments, IReadOnlyList<string> CalendarsWithoutOwner, string? WhyNot);

/// <summary>Reads the members of a sub-account for its admins, with what each hosts and whether Zoom is connected.</summary>
public sealed class TeamReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Empty for everybody but admins.</summary>
    public async Task<IReadOnlyList<TeamMember>> ListAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        return await (
            from membership in db.Memberships.AsNoTracking()
            join user in db.Users on membership.UserId equals user.Id
            from connection in db.Set<Connection>().Where(row => row.SubAccountId == membership.SubAccountId && row.UserId == user.Id).DefaultIfEmpty()
            from account in db.Set<ZoomAccount>().Where(row => row.Key == connection.ZoomUserKey).DefaultIfEmpty()
            where membership.SubAccountId == actor.SubAccountId
            orderby user.Name, user.Id
            select new TeamMember(
                user.Id,
                user.Name,
                user.Email ?? "",
                membership.Role,
                membership.Version,
                account == null ? null : account.State,
                account == null ? "" : account.Email,
                membership.DefaultLocation,
                db.Set<Appointment>().Count(row => row.SubAccountId == membership.SubAccountId && row.HostId == user.Id && row.End > now
                    && row.Status != AppointmentStatus.Cancelled && row.Status != AppointmentStatus.Invalid && row.Status != AppointmentStatus.Deleted)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null: no such member, or not for this actor to remove.</summary>
    public async Task<RemovalPreview?> PreviewRemovalAsync(UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var member = (await ListAsync(actor, now, cancellationToken)).FirstOrDefault(row => row.UserId == user);
        if (member is null)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var alone = await db.Calendars
            .Where(calendar => calendar.SubAccountId == actor.SubAccountId && !calendar.IsArchived)
            .Where(calendar => calendar.Members.Any(row => row.UserId == user) && calendar.Members.All(row => row.UserId == user))
            .OrderBy(calendar => calendar.Name).Select(calendar => calendar.Name).ToListAsync(cancellationToken);
        var isLast = member.Role is Role.Admin && !await Team.HasOtherAdminAsync(db, user, actor, cancellationToken);
        return new RemovalPreview(member.Name, member.Version, member.UpcomingAppointments, alone, isLast ? Team.LastAdmin : null);
    }
}
