using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>By what a user can sign in: a password, passkeys, linked accounts of an OpenID Connect provider.</summary>
public static class WaysToSignIn
{
    /// <summary>Inside a transaction that has locked the user.</summary>
    internal static async Task<int> CountWaysToSignInAsync(this ZoomCalendarContext db, UserId user, CancellationToken cancellationToken) =>
        await db.Users.CountAsync(row => row.Id == user && row.PasswordHash != null, cancellationToken)
        + await db.Passkeys.CountAsync(row => row.UserId == user, cancellationToken)
        + await db.UserLogins.CountAsync(row => row.UserId == user, cancellationToken);
}
