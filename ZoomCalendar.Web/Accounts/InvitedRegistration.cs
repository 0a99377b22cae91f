using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Creates an account for the receiver of an invitation, also where registration is closed.</summary>
internal sealed class InvitedRegistration(UserManager<User> users, AccountGate gate, TimeProvider clock)
{
    /// <param name="name">As typed.</param>
    /// <param name="email">The address of the invitation, not user input: the link was sent to it.</param>
    /// <param name="password">As typed.</param>
    /// <param name="timeZone">The browser's.</param>
    /// <param name="context">The request.</param>
    /// <returns>The user, or a sentence about the problem.</returns>
    public async Task<(User? User, string Problem)> RegisterAsync(
        string name, string email, string password, string? timeZone, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context);
        if (permit.Problem is { } problem)
        {
            return (null, problem);
        }

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
