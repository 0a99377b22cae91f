using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>An account for somebody who holds an invitation's link; possible where strangers may not register, too.</summary>
internal sealed class InvitedRegistration(UserManager<User> users, TimeProvider clock)
{
    /// <param name="name">As typed.</param>
    /// <param name="email">The invitation's, not one that was typed: whoever has the link got it there.</param>
    /// <param name="password">As typed.</param>
    /// <param name="timeZone">The browser's.</param>
    /// <returns>The user, or what is wrong in words.</returns>
    public async Task<(User? User, string Problem)> RegisterAsync(string name, string email, string password, string? timeZone)
    {
        var user = new User
        {
            Id = UserId.New(clock.GetUtcNow()),
            Name = StorableText.OneLine(name),
            UserName = email,
            Email = email,
            TimeZone = timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null ? timeZone : "Etc/UTC",
        };
        try
        {
            var created = await users.CreateAsync(user, password);
            return created.Succeeded ? (user, "") : (null, string.Join(' ', created.Errors.Select(error => error.Description)));
        }
        catch (DbUpdateException exception) when (DatabaseErrors.IsUniqueViolation(exception))
        {
            // The same form sent twice at once.
            return (null, "This address has just been registered. Reload the page and sign in.");
        }
    }
}
