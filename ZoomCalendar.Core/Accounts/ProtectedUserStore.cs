using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Identity's store of users. Authenticator keys and recovery codes are encrypted before they are stored, each for its user and name, so a
/// ciphertext that is copied to another row cannot be decrypted.
/// </summary>
public sealed class ProtectedUserStore(
    ZoomCalendarContext context, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<User, ZoomCalendarContext, UserId>(context, describer)
{
    private const string Purpose = "ZoomCalendar.UserTokens.v1";

    /// <summary>Null also if the key ring cannot decrypt it: then no code is accepted.</summary>
    public override async Task<string?> GetTokenAsync(User user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } stored
                ? Of(user, loginProvider, name).Unprotect(stored)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override Task SetTokenAsync(
        User user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(
            user, loginProvider, name, value is null ? null : Of(user, loginProvider, name).Protect(value), cancellationToken);

    private IDataProtector Of(User user, string loginProvider, string name) =>
        protection.CreateProtector(Purpose, user.Id.ToString(), loginProvider, name);
}
