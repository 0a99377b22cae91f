using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>Reads who may be where, from the database as it is now.</summary>
internal sealed class WorkspaceReader(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<IdentityOptions> identity)
{
    /// <summary>Null: no such sub-account, or not this user's; the two look the same.</summary>
    public async Task<WorkspaceContext?> FindAsync(string slug, UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == userId, cancellationToken);
        var places = await PlacesOf(db, userId).ToListAsync(cancellationToken);
        if (user is null || places.FirstOrDefault(place => place.SubAccount.Slug == slug) is not { } here)
        {
            return null;
        }

        if (user.LastSubAccountId != here.SubAccount.Id)
        {
            await db.Users.Where(candidate => candidate.Id == userId)
                .ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.LastSubAccountId, here.SubAccount.Id), cancellationToken);
        }

        return new WorkspaceContext
        {
            Actor = Actor.Staff(here.Membership),
            Slug = slug,
            SubAccountName = here.SubAccount.Name,
            UserId = userId,
            UserName = user.Name,
            Email = user.Email ?? "",
            Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(user.TimeZone) ?? DateTimeZone.Utc,
            SubAccounts = [.. places.Select(place => new SubAccountChoice(place.SubAccount.Slug, place.SubAccount.Name))],
        };
    }

    /// <summary>The sub-account last used, else the first; null: the user is in none.</summary>
    public async Task<string?> LastUsedAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Users.Where(user => user.Id == userId).Select(user => user.LastSubAccountId).SingleOrDefaultAsync(cancellationToken);
        var places = await PlacesOf(db, userId).ToListAsync(cancellationToken);
        return (places.FirstOrDefault(place => place.SubAccount.Id == last) ?? places.FirstOrDefault())?.SubAccount.Slug;
    }

    /// <summary>The role at this moment; null: not a member (any more).</summary>
    public async Task<Role?> RoleAsync(SubAccountId subAccount, UserId userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Memberships
            .Where(membership => membership.SubAccountId == subAccount && membership.UserId == userId)
            .Select(membership => (Role?)membership.Role)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether the password is still the one that this session signed in with.</summary>
    public async Task<bool> IsSameSessionAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.UserId() is not { } userId)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stamp = await db.Users.Where(user => user.Id == userId).Select(user => user.SecurityStamp).SingleOrDefaultAsync(cancellationToken);
        return stamp is not null && stamp == principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
    }

    private static IQueryable<Place> PlacesOf(ZoomCalendarContext db, UserId userId) =>
        from membership in db.Memberships.AsNoTracking()
        join subAccount in db.SubAccounts.AsNoTracking() on membership.SubAccountId equals subAccount.Id
        where membership.UserId == userId
        orderby subAccount.Name, subAccount.Slug
        select new Place(membership, subAccount);

    private sealed record Place(Membership Membership, SubAccount SubAccount);
}
