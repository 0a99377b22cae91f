using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>A member, for admins.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Email">The member's e-mail address.</param>
/// <param name="Role">The role in this sub-account.</param>
/// <param name="Version">The membership's version.</param>
/// <param name="Zoom">The state of the connected Zoom account; null if none is connected here.</param>
/// <param name="ZoomEmail">The Zoom account's address; empty if none is connected here.</param>
/// <param name="DefaultLocation">The default meeting location.</param>
/// <param name="UpcomingAppointments">
/// The number of upcoming appointments that the member hosts. Null in a page of members, which does not show it.
/// </param>
public sealed record TeamMember(
    UserId UserId,
    string Name,
    string Email,
    Role Role,
    int Version,
    ZoomAccountState? Zoom,
    string ZoomEmail,
    MeetingLocation DefaultLocation,
    int? UpcomingAppointments)
{
    /// <summary>Whether the member has an authenticator app, a passkey or a linked account of a provider.</summary>
    public bool HasSecondFactor { get; init; }
}

/// <summary>One page of members.</summary>
/// <param name="Members">The members, ordered by name.</param>
/// <param name="Total">The number of all members of the sub-account.</param>
public sealed record TeamResults(IReadOnlyList<TeamMember> Members, int Total);

/// <summary>The effect of removing a member. <see cref="WhyNot"/> is null if the member can be removed.</summary>
public sealed record RemovalPreview(
    string Name, int Version, int UpcomingAppointments, IReadOnlyList<string> CalendarsWithoutOwner, string? WhyNot);

/// <summary>Reads a sub-account's members for its admins. Thread-safe.</summary>
public sealed class TeamReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>One page of the members, ordered by name; empty for actors who are not admins.</summary>
    public async Task<TeamResults> PageAsync(
        int skip, int take, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new TeamResults([], 0);
        }

        var total = await db.Memberships.CountAsync(row => row.SubAccountId == actor.SubAccountId, cancellationToken);
        return new TeamResults(await MembersOf(db, null, actor).Skip(skip).Take(take).ToListAsync(cancellationToken), total);
    }

    /// <summary>One member; null if there is no such member or the actor is not an admin.</summary>
    public async Task<TeamMember?> FindAsync(UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin
            || await MembersOf(db, user, actor).SingleOrDefaultAsync(cancellationToken) is not { } member)
        {
            return null;
        }

        var upcoming = await db.Appointments.WhereActive().WhereNotOver(now)
            .CountAsync(row => row.SubAccountId == actor.SubAccountId && row.HostId == user, cancellationToken);
        return member with { UpcomingAppointments = upcoming };
    }

    /// <summary>The effect of removing a member; null if there is no such member or the actor is not an admin.</summary>
    public async Task<RemovalPreview?> PreviewRemovalAsync(
        UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var member = await FindAsync(user, actor, now, cancellationToken);
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
        return new RemovalPreview(member.Name, member.Version, member.UpcomingAppointments ?? 0, alone, isLast ? Team.LastAdmin : null);
    }

    /// <param name="db">The database.</param>
    /// <param name="one">Only this member. Null: all of them.</param>
    /// <param name="actor">Whose sub-account.</param>
    private static IQueryable<TeamMember> MembersOf(ZoomCalendarContext db, UserId? one, Actor actor) =>
        from membership in db.Memberships.AsNoTracking()
        join user in db.Users on membership.UserId equals user.Id
        from connection in db.Set<Connection>().Where(row => row.SubAccountId == membership.SubAccountId && row.UserId == user.Id)
            .DefaultIfEmpty()
        from account in db.Set<ZoomAccount>().Where(row => row.Key == connection.ZoomUserKey).DefaultIfEmpty()
        where membership.SubAccountId == actor.SubAccountId && (one == null || membership.UserId == one)
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
            null)
        {
            HasSecondFactor = user.TwoFactorEnabled
                || db.Set<IdentityUserPasskey<UserId>>().Any(row => row.UserId == user.Id)
                || db.Set<IdentityUserLogin<UserId>>().Any(row => row.UserId == user.Id),
        };
}
