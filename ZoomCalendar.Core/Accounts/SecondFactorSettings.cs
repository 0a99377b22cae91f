using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>Who needs a second factor in a sub-account, and who of them has none yet.</summary>
/// <param name="Rule">Who needs one.</param>
/// <param name="AdminsWithout">The number of admins who have not set one up.</param>
/// <param name="MembersWithout">The number of members, admins included, who have not set one up.</param>
public sealed record SecondFactorRequirement(SecondFactorRule Rule, int AdminsWithout, int MembersWithout);

/// <summary>Reads and changes who needs a second factor in a sub-account. Admins only; a change needs a fresh proof.</summary>
public sealed class SecondFactorSettings(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    internal const string SetUpYoursFirst =
        "Set up your own second factor first, under User Profile > Security: an authenticator app or a passkey. Nothing was changed.";

    internal const string UseYoursFirst =
        "You signed in without your second factor. Sign out, sign in with it, and then save this again. Nothing was changed.";

    /// <summary>Null unless the actor is an admin.</summary>
    public async Task<SecondFactorRequirement?> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return null;
        }

        var rule = await db.SubAccounts.Where(row => row.Id == actor.SubAccountId).Select(row => row.SecondFactor)
            .SingleAsync(cancellationToken);
        var without = await (
            from membership in db.Memberships
            join user in db.Users on membership.UserId equals user.Id
            where membership.SubAccountId == actor.SubAccountId
                && !user.TwoFactorEnabled
                && !db.Set<IdentityUserPasskey<UserId>>().Any(row => row.UserId == user.Id)
                && !db.Set<IdentityUserLogin<UserId>>().Any(row => row.UserId == user.Id)
            group membership by membership.Role into role
            select new { Role = role.Key, Count = role.Count() }).ToListAsync(cancellationToken);
        return new SecondFactorRequirement(
            rule, without.Where(row => row.Role is Role.Admin).Sum(row => row.Count), without.Sum(row => row.Count));
    }

    /// <summary>
    /// Changes who needs a second factor. Whoever is bound by it and gave none in their session is asked
    /// for one at once, also in open pages.
    /// An admin cannot bind themselves without having given one.
    /// </summary>
    public Task<ChangeOutcome> SaveAsync(SecondFactorRule rule, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            if (actor.UserId is { } self)
            {
                // Serializes this with the removal of the admin's own second factor.
                await db.LockUsersAsync([self], cancellationToken);
            }

            if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin and var role)
            {
                return role is null ? ChangeOutcome.NotFound(AccountTexts.NoMember) : ChangeOutcome.Forbidden(AccountTexts.AdminsOnly);
            }

            if (await db.LacksProofAsync(actor, now, cancellationToken))
            {
                return ChangeOutcome.ProofNeeded();
            }

            if (!Enum.IsDefined(rule))
            {
                return ChangeOutcome.Invalid("Choose from the list who needs a second factor.");
            }

            if (rule.Binds(Role.Admin) && await WhyNotBindAsync(db, actor, cancellationToken) is { } reason)
            {
                return ChangeOutcome.Invalid(reason);
            }

            var subAccount = await db.SubAccounts.SingleAsync(row => row.Id == actor.SubAccountId, cancellationToken);
            if (subAccount.SecondFactor != rule)
            {
                AuditLog.Add(
                    db,
                    AuditKind.SecuritySettingChanged,
                    actor,
                    $"second factor required of: {Text(subAccount.SecondFactor)} → {Text(rule)}",
                    now);
                subAccount.RequireSecondFactor(rule);
                // Open pages look again after each event.
                db.AddEvent(
                    actor, EventKind.MembershipChanged, null, null, $"A second factor is now required of: {Text(rule)}.", now);
            }

            return ChangeOutcome.Done();
        }, cancellationToken);

    private static async Task<string?> WhyNotBindAsync(ZoomCalendarContext db, Actor actor, CancellationToken cancellationToken) =>
        actor.IsApp || actor.UserId is not { } user || await db.HasSecondFactorAsync(actor.SessionId, user, cancellationToken) ? null
        : (await db.FactorsOfAsync(user, cancellationToken)).HasSecond ? UseYoursFirst
        : SetUpYoursFirst;

    private static string Text(SecondFactorRule rule) => rule switch
    {
        SecondFactorRule.Everybody => "everybody",
        SecondFactorRule.Admins => "admins",
        _ => "nobody",
    };
}
