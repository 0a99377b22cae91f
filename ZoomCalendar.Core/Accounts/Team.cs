using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A member as admins see them.</summary>
/// <param name="Zoom">Null: not connected here.</param>
public sealed record TeamMember(
    UserId UserId, string Name, string Email, Role Role, int Version, ZoomAccountState? Zoom, string ZoomEmail, MeetingLocation DefaultLocation, int UpcomingAppointments);

/// <summary>What removing a member would leave behind.</summary>
public sealed record RemovalPreview(string Name, int Version, int UpcomingAppointments, IReadOnlyList<string> CalendarsWithoutOwner, string? WhyNot);

/// <summary>The members of a sub-account: admins change roles and remove. The last admin stays.</summary>
public sealed class Team(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    private const string LastAdmin = "This is the last admin. Make somebody else an admin first.";

    /// <summary>Empty for everybody but admins.</summary>
    public async Task<IReadOnlyList<TeamMember>> ListAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.RoleNowAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        return await (
            from membership in db.Memberships.AsNoTracking()
            join user in db.Users on membership.UserId equals user.Id
            from connection in db.Connections.Where(row => row.SubAccountId == membership.SubAccountId && row.UserId == user.Id).DefaultIfEmpty()
            from account in db.ZoomAccounts.Where(row => row.Key == connection.ZoomUserKey).DefaultIfEmpty()
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
                db.Appointments.Count(row => row.SubAccountId == membership.SubAccountId && row.HostId == user.Id && row.End > now
                    && row.Status != AppointmentStatus.Cancelled && row.Status != AppointmentStatus.Invalid && row.Status != AppointmentStatus.Deleted)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends that user's sessions: what their open pages allow was another role's.</summary>
    public Task<ChangeOutcome> ChangeRoleAsync(UserId user, int version, Role role, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            var (membership, refused) = await OpenAsync(db, user, version, actor, cancellationToken);
            if (membership is null)
            {
                return refused!;
            }

            if (!Enum.IsDefined(role))
            {
                return ChangeOutcome.Invalid("Choose a role from the list.");
            }

            if (membership.Role == role)
            {
                return ChangeOutcome.Done();
            }

            if (membership.Role is Role.Admin && !await HasOtherAdminAsync(db, user, actor, cancellationToken))
            {
                return ChangeOutcome.Invalid(LastAdmin);
            }

            membership.ChangeRole(role);
            await db.RevokeTokensOfAsync(user, actor.SubAccountId, now, cancellationToken);
            await EndSessionsAsync(db, user, cancellationToken);
            db.Tell(actor, EventKind.MembershipChanged, user, null, role is Role.Admin ? "Is an admin now." : "Is a user now.", now);
            return ChangeOutcome.Done();
        }, cancellationToken);

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
        var isLast = member.Role is Role.Admin && !await HasOtherAdminAsync(db, user, actor, cancellationToken);
        return new RemovalPreview(member.Name, member.Version, member.UpcomingAppointments, alone, isLast ? LastAdmin : null);
    }

    /// <param name="user">Who leaves.</param>
    /// <param name="version">The membership as the admin saw it.</param>
    /// <param name="keepAppointments">Their upcoming appointments stay with them as host; false: refused while there are any.</param>
    /// <param name="actor">An admin.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    public Task<ChangeOutcome> RemoveAsync(UserId user, int version, bool keepAppointments, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            await db.LockCalendarsOfAsync(user, actor.SubAccountId, cancellationToken);
            var (membership, refused) = await OpenAsync(db, user, version, actor, cancellationToken);
            if (membership is null)
            {
                return refused!;
            }

            if (membership.Role is Role.Admin && !await HasOtherAdminAsync(db, user, actor, cancellationToken))
            {
                return ChangeOutcome.Invalid(LastAdmin);
            }

            var upcoming = await db.Appointments.CountAsync(
                row => row.SubAccountId == actor.SubAccountId && row.HostId == user && row.End > now
                    && row.Status != AppointmentStatus.Cancelled && row.Status != AppointmentStatus.Invalid && row.Status != AppointmentStatus.Deleted,
                cancellationToken);
            if (upcoming > 0 && !keepAppointments)
            {
                return ChangeOutcome.Invalid($"This member hosts {upcoming} upcoming {(upcoming == 1 ? "appointment" : "appointments")}. Reassign them first, or choose to keep them.");
            }

            await LeaveAsync(db, user, actor, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await Connections.UntieAsync(db, actor.SubAccountId, user, actor.UserId, now, cancellationToken);
            db.Memberships.Remove(membership);
            await db.RevokeTokensOfAsync(user, actor.SubAccountId, now, cancellationToken);
            await EndSessionsAsync(db, user, cancellationToken);
            db.Tell(actor, EventKind.MembershipChanged, user, null, "Left the sub-account.", now);
            return ChangeOutcome.Done();
        }, cancellationToken);

    private static async Task LeaveAsync(ZoomCalendarContext db, UserId user, Actor actor, CancellationToken cancellationToken)
    {
        var calendars = await db.Calendars.Include(row => row.Members)
            .Where(row => row.SubAccountId == actor.SubAccountId && row.Members.Any(member => member.UserId == user))
            .ToListAsync(cancellationToken);
        foreach (var calendar in calendars)
        {
            var wasOwner = calendar.Member(user)!.IsPrimaryOwner;
            calendar.RemoveMember(user);
            calendar.RowVersion++;
            if (wasOwner && calendar.PrimaryOwner is { } next)
            {
                calendar.MakePrimaryOwner(next.UserId);
            }
        }
    }

    private static async Task<(Membership? Membership, ChangeOutcome? Refused)> OpenAsync(
        ZoomCalendarContext db, UserId user, int version, Actor actor, CancellationToken cancellationToken)
    {
        // All admins are locked: of two who demote each other at once, one is the last.
        var people = await db.Memberships
            .Where(row => row.SubAccountId == actor.SubAccountId && (row.Role == Role.Admin || row.UserId == user))
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        await db.LockUsersAsync(people, cancellationToken);
        var role = await db.RoleNowAsync(actor, cancellationToken);
        var membership = await db.Memberships.SingleOrDefaultAsync(row => row.SubAccountId == actor.SubAccountId && row.UserId == user, cancellationToken);
        if (role is null || membership is null)
        {
            return (null, ChangeOutcome.NotFound(AccountTexts.NoMember));
        }

        return role is not Role.Admin ? (null, ChangeOutcome.Forbidden(AccountTexts.AdminsOnly))
            : membership.Version != version ? (null, ChangeOutcome.Changed())
            : (membership, null);
    }

    private static Task<bool> HasOtherAdminAsync(ZoomCalendarContext db, UserId user, Actor actor, CancellationToken cancellationToken) =>
        db.Memberships.AnyAsync(row => row.SubAccountId == actor.SubAccountId && row.Role == Role.Admin && row.UserId != user, cancellationToken);

    private static Task EndSessionsAsync(ZoomCalendarContext db, UserId user, CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString("N");
        return db.Users.Where(row => row.Id == user).ExecuteUpdateAsync(set => set.SetProperty(row => row.SecurityStamp, stamp), cancellationToken);
    }
}
