using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// The members of a sub-account. Admins change roles and remove members, with a fresh proof. The last admin cannot be demoted or removed.
/// </summary>
public sealed class Team(IDbContextFactory<ZoomCalendarContext> contexts, IEnumerable<IMembershipRule> rules, Signals signals)
{
    internal const string LastAdmin = "This is the last admin. Make somebody else an admin first.";

    /// <summary>
    /// Changes a member's role. It counts in this sub-account: the member's open pages here are loaded anew, and nothing ends elsewhere.
    /// </summary>
    public Task<ChangeOutcome> ChangeRoleAsync(
        UserId user, int version, Role role, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            var (membership, refused) = await LoadAsync(db, user, version, actor, now, cancellationToken);
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
            foreach (var rule in rules)
            {
                await rule.RoleChangedAsync(db, user, actor.SubAccountId, now, cancellationToken);
            }

            db.AddEvent(actor, EventKind.MembershipChanged, user, null, role is Role.Admin ? "Is an admin now." : "Is a user now.", now);
            var name = await NameOfAsync(db, user, cancellationToken);
            AuditLog.Add(db, AuditKind.RoleChanged, actor, $"{name}: {(role is Role.Admin ? "admin" : "user")}", now);
            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <param name="user">The member to remove.</param>
    /// <param name="version">The version that the admin saw.</param>
    /// <param name="keepAppointments">True: upcoming appointments keep the member as host. False: refused if there are any.</param>
    /// <param name="actor">An admin.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public Task<ChangeOutcome> RemoveAsync(
        UserId user, int version, bool keepAppointments, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            foreach (var rule in rules)
            {
                await rule.LockAsync(db, user, actor.SubAccountId, cancellationToken);
            }

            var (membership, refused) = await LoadAsync(db, user, version, actor, now, cancellationToken);
            if (membership is null)
            {
                return refused!;
            }

            if (membership.Role is Role.Admin && !await HasOtherAdminAsync(db, user, actor, cancellationToken))
            {
                return ChangeOutcome.Invalid(LastAdmin);
            }

            foreach (var rule in rules)
            {
                if (await rule.WhyNotLeaveAsync(db, user, actor.SubAccountId, keepAppointments, now, cancellationToken) is { } reason)
                {
                    return ChangeOutcome.Invalid(reason);
                }
            }

            foreach (var rule in rules)
            {
                await rule.LeaveAsync(db, user, actor, now, cancellationToken);
            }

            db.Memberships.Remove(membership);
            await EndSessionsOfLastMembershipAsync(db, user, actor.SubAccountId, cancellationToken);
            db.AddEvent(actor, EventKind.MembershipChanged, user, null, "Left the sub-account.", now);
            AuditLog.Add(db, AuditKind.MemberRemoved, actor, await NameOfAsync(db, user, cancellationToken), now);
            return ChangeOutcome.Done();
        }, cancellationToken);

    private static async Task<(Membership? Membership, ChangeOutcome? Refused)> LoadAsync(
        ZoomCalendarContext db, UserId user, int version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Locks all admins, so that two admins cannot demote each other at the same time.
        var people = await db.Memberships
            .Where(row => row.SubAccountId == actor.SubAccountId && (row.Role == Role.Admin || row.UserId == user))
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        await db.LockUsersAsync(people, cancellationToken);
        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        var membership = await db.Memberships.SingleOrDefaultAsync(
            row => row.SubAccountId == actor.SubAccountId && row.UserId == user, cancellationToken);
        if (role is null || membership is null)
        {
            return (null, ChangeOutcome.NotFound(AccountTexts.NoMember));
        }

        return role is not Role.Admin ? (null, ChangeOutcome.Forbidden(AccountTexts.AdminsOnly))
            : await db.LacksProofAsync(actor, now, cancellationToken) ? (null, ChangeOutcome.ProofNeeded())
            : membership.Version != version ? (null, ChangeOutcome.Changed())
            : (membership, null);
    }

    private static Task<string> NameOfAsync(ZoomCalendarContext db, UserId user, CancellationToken cancellationToken) =>
        db.Users.Where(row => row.Id == user).Select(row => row.Name).SingleAsync(cancellationToken);

    internal static Task<bool> HasOtherAdminAsync(ZoomCalendarContext db, UserId user, Actor actor, CancellationToken cancellationToken) =>
        db.Memberships.AnyAsync(
            row => row.SubAccountId == actor.SubAccountId && row.Role == Role.Admin && row.UserId != user, cancellationToken);

    // Sessions are not about one sub-account: a member of another one stays signed in. The pages here check the membership.
    private static async Task EndSessionsOfLastMembershipAsync(
        ZoomCalendarContext db, UserId user, SubAccountId left, CancellationToken cancellationToken)
    {
        if (!await db.Memberships.AnyAsync(row => row.UserId == user && row.SubAccountId != left, cancellationToken))
        {
            await db.Sessions.Where(row => row.UserId == user).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
