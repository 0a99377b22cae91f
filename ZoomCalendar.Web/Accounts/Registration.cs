using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Creates a user and a sub-account whose admin the user is, in one transaction.</summary>
internal sealed class Registration(ZoomCalendarContext db, UserManager<User> users, TimeProvider clock)
{
    private const int MaxAttempts = 5;

    /// <param name="name">The user's name.</param>
    /// <param name="business">The sub-account's name.</param>
    /// <param name="email">The user's e-mail address.</param>
    /// <param name="password">Null: the user chooses it later, at a link.</param>
    /// <param name="timeZone">The browser's zone; unknown zones become UTC.</param>
    /// <param name="cancellationToken">Before the commit, nothing is created.</param>
    public async Task<(User? User, IEnumerable<IdentityError> Errors)> RegisterAsync(
        string name, string business, string email, string? password, string? timeZone, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(name, business, email, password, timeZone, cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < MaxAttempts && DatabaseErrors.IsUniqueViolation(exception))
            {
                // Somebody registered with the same address, or a business of the same name, at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<(User? User, IEnumerable<IdentityError> Errors)> TryAsync(
        string name, string business, string email, string? password, string? timeZone, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var user = new User
        {
            Id = UserId.New(now),
            Name = StorableText.OneLine(name),
            UserName = EmailAddress.Clean(email),
            Email = EmailAddress.Clean(email),
            TimeZone = KnownZone(timeZone),
        };

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var created = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        if (!created.Succeeded)
        {
            return (null, created.Errors);
        }

        var subAccount = new SubAccount(
            SubAccountId.New(now), StorableText.OneLine(business), await FreeSlugAsync(business, cancellationToken), now);
        user.LastSubAccountId = subAccount.Id;
        db.SubAccounts.Add(subAccount);
        db.Memberships.Add(new Membership(subAccount.Id, user.Id, Role.Admin, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (user, []);
    }

    private async Task<string> FreeSlugAsync(string business, CancellationToken cancellationToken)
    {
        var slug = Slug.Of(business);
        var taken = await db.SubAccounts.Where(subAccount => subAccount.Slug.StartsWith(slug)).Select(subAccount => subAccount.Slug)
            .ToHashSetAsync(cancellationToken);
        return Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? slug : $"{slug}-{number}")
            .First(candidate => !taken.Contains(candidate));
    }

    private static string KnownZone(string? id) =>
        id is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null ? id : "Etc/UTC";
}
