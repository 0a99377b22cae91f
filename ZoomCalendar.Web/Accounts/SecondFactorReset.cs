using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Removes a user's authenticator app and recovery codes for the user; and the passkeys, too, for an operator if the device is lost.
/// </summary>
internal sealed class SecondFactorReset(
    UserManager<User> users, Passkeys passkeys, Sessions sessions, AuditLog audit, TimeProvider clock)
{
    // Identity's names of the rows.
    private const string Provider = "[AspNetUserStore]";

    private static readonly string[] Names = ["AuthenticatorKey", "RecoveryCodes"];

    /// <summary>The new security stamp ends all sessions.</summary>
    public async Task RemoveAsync(User user)
    {
        foreach (var name in Names)
        {
            await users.RemoveAuthenticationTokenAsync(user, Provider, name);
        }

        await users.SetTwoFactorEnabledAsync(user, false);
    }

    /// <summary>For the operator's command. The user's passkeys are removed, too, and all sessions of the user end.</summary>
    /// <exception cref="StartupException">What is wrong, in words.</exception>
    public async Task ResetAsync(string email, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email.Trim()) ?? throw new StartupException($"{email} has no account.");
        await RemoveAsync(user);
        await passkeys.RemoveAllAsync(user.Id, cancellationToken);
        await audit.RecordAccountEventAsync(AuditKind.SecondFactorRemoved, user.Id, "by an operator", clock.GetUtcNow(), cancellationToken);
        await sessions.EndAllAsync(user.Id, null, cancellationToken);
    }
}
