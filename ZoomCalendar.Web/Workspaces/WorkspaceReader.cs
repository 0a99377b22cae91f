using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>A user's entry into a sub-account.</summary>
/// <param name="Workspace">Null: the user cannot enter.</param>
/// <param name="Missing">The second factor that the session lacks. Null: that is not the reason.</param>
internal sealed record WorkspaceEntry(WorkspaceContext? Workspace, MissingSecondFactor? Missing = null);

/// <summary>A sub-account requires a second factor, which the session lacks.</summary>
/// <param name="SubAccountName">The business that requires it.</param>
/// <param name="Rule">Of whom.</param>
/// <param name="Others">The user's other sub-accounts, which can be entered without one.</param>
internal sealed record MissingSecondFactor(string SubAccountName, SecondFactorRule Rule, IReadOnlyList<SubAccountChoice> Others);

/// <summary>Reads memberships and sessions from the database, uncached.</summary>
internal sealed class WorkspaceReader(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<IdentityOptions> identity)
{
    /// <summary>
    /// Null: there is no such sub-account, the user is not a member, or may not enter it with this session. The result does not distinguish
    /// them.
    /// </summary>
    public async Task<WorkspaceContext?> FindAsync(string slug, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        (await EnterAsync(slug, principal, cancellationToken)).Workspace;

    /// <summary>The sub-account's context, or why the session cannot enter.</summary>
    public async Task<WorkspaceEntry> EnterAsync(string slug, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.UserId() is not { } userId)
        {
            return new WorkspaceEntry(null);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == userId, cancellationToken);
        var memberships = await MembershipsOf(db, userId).ToListAsync(cancellationToken);
        if (user is null || memberships.FirstOrDefault(row => row.SubAccount.Slug == slug) is not { } current)
        {
            return new WorkspaceEntry(null);
        }

        var session = principal.SessionId();
        if (current.SubAccount.SecondFactor.Binds(current.Membership.Role)
            && !await db.Sessions.AnyAsync(row => row.Id == session && row.UserId == userId && row.HasSecondFactor, cancellationToken))
        {
            var others = memberships.Where(row => !row.SubAccount.SecondFactor.Binds(row.Membership.Role))
                .Select(row => new SubAccountChoice(row.SubAccount.Slug, row.SubAccount.Name));
            return new WorkspaceEntry(
                null, new MissingSecondFactor(current.SubAccount.Name, current.SubAccount.SecondFactor, [.. others]));
        }

        if (user.LastSubAccountId != current.SubAccount.Id)
        {
            await db.Users.Where(candidate => candidate.Id == userId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(candidate => candidate.LastSubAccountId, current.SubAccount.Id), cancellationToken);
        }

        return new WorkspaceEntry(new WorkspaceContext
        {
            Actor = Actor.Staff(current.Membership, session),
            Slug = slug,
            SubAccountName = current.SubAccount.Name,
            UserId = userId,
            UserName = user.Name,
            Email = user.Email ?? "",
            Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(user.TimeZone) ?? DateTimeZone.Utc,
            SubAccounts = [.. memberships.Select(row => new SubAccountChoice(row.SubAccount.Slug, row.SubAccount.Name))],
        });
    }

    /// <summary>
    /// Whether the page at this path is of a sub-account that requires a second factor, which the session
    /// lacks; null: no.
    /// </summary>
    public async Task<MissingSecondFactor?> MissingAtAsync(string path, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        path.Split('/', '?', '#') is ["", "a", { Length: > 0 } slug, ..]
            ? (await EnterAsync(Uri.UnescapeDataString(slug), principal, cancellationToken)).Missing
            : null;

    /// <summary>The sub-account last used, else the first; null: the user is in none.</summary>
    public async Task<string?> LastUsedAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Users.Where(user => user.Id == userId).Select(user => user.LastSubAccountId)
            .SingleOrDefaultAsync(cancellationToken);
        var memberships = await MembershipsOf(db, userId).ToListAsync(cancellationToken);
        return (memberships.FirstOrDefault(row => row.SubAccount.Id == last) ?? memberships.FirstOrDefault())?.SubAccount.Slug;
    }

    /// <summary>The actor's present role; null: not a member, or the session lacks the second factor that is needed here by now.</summary>
    public async Task<Role?> RoleAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from membership in db.Memberships
            join subAccount in db.SubAccounts on membership.SubAccountId equals subAccount.Id
            where membership.SubAccountId == actor.SubAccountId && membership.UserId == actor.UserId
            select new
            {
                membership.Role,
                subAccount.SecondFactor,
                HasSecondFactor = db.Set<Session>()
                    .Any(row => row.Id == actor.SessionId && row.UserId == actor.UserId && row.HasSecondFactor),
            }).SingleOrDefaultAsync(cancellationToken);
        return found is null || (found.SecondFactor.Binds(found.Role) && !found.HasSecondFactor) ? null : found.Role;
    }

    /// <summary>
    /// False if the session has ended, or the password has changed since. A cookie without a session is refused when it is read.
    /// </summary>
    public async Task<bool> IsSameSessionAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.UserId() is not { } userId)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var session = principal.SessionId();
        var stamp = await db.Users
            .Where(user => user.Id == userId)
            .Where(user => session == null || db.Set<Session>().Any(row => row.Id == session && row.UserId == userId))
            .Select(user => user.SecurityStamp)
            .SingleOrDefaultAsync(cancellationToken);
        return stamp is not null && stamp == principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
    }

    private static IQueryable<UserMembership> MembershipsOf(ZoomCalendarContext db, UserId userId) =>
        from membership in db.Memberships.AsNoTracking()
        join subAccount in db.SubAccounts.AsNoTracking() on membership.SubAccountId equals subAccount.Id
        where membership.UserId == userId
        orderby subAccount.Name, subAccount.Slug
        select new UserMembership(membership, subAccount);

    private sealed record UserMembership(Membership Membership, SubAccount SubAccount);
}
