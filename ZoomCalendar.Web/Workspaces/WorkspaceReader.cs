using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>Reads memberships and sessions from the database, uncached.</summary>
internal sealed class WorkspaceReader(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<IdentityOptions> identity)
{
    /// <summary>Null: there is no such sub-account, or the user is not a member. The result does not distinguish them.</summary>
    public async Task<WorkspaceContext?> FindAsync(string slug, UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == userId, cancellationToken);
        var memberships = await MembershipsOf(db, userId).ToListAsync(cancellationToken);
        if (user is null || memberships.FirstOrDefault(row => row.SubAccount.Slug == slug) is not { } current)
        {
            return null;
        }

        if (user.LastSubAccountId != current.SubAccount.Id)
        {
            await db.Users.Where(candidate => candidate.Id == userId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(candidate => candidate.LastSubAccountId, current.SubAccount.Id), cancellationToken);
        }

        return new WorkspaceContext
        {
            Actor = Actor.Staff(current.Membership),
            Slug = slug,
            SubAccountName = current.SubAccount.Name,
            UserId = userId,
            UserName = user.Name,
            Email = user.Email ?? "",
            Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(user.TimeZone) ?? DateTimeZone.Utc,
            SubAccounts = [.. memberships.Select(row => new SubAccountChoice(row.SubAccount.Slug, row.SubAccount.Name))],
        };
    }

    /// <summary>The sub-account last used, else the first; null: the user is in none.</summary>
    public async Task<string?> LastUsedAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Users.Where(user => user.Id == userId).Select(user => user.LastSubAccountId)
            .SingleOrDefaultAsync(cancellationToken);
        var memberships = await MembershipsOf(db, userId).ToListAsync(cancellationToken);
        return (memberships.FirstOrDefault(row => row.SubAccount.Id == last) ?? memberships.FirstOrDefault())?.SubAccount.Slug;
    }

    /// <summary>The present role; null: not a member.</summary>
    public async Task<Role?> RoleAsync(SubAccountId subAccount, UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Memberships
            .Where(membership => membership.SubAccountId == subAccount && membership.UserId == userId)
            .Select(membership => (Role?)membership.Role)
            .SingleOrDefaultAsync(cancellationToken);
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
