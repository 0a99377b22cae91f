using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Completes every sign-in, whatever was proven and how: starts the session with what was proven, ends a sign-in that waited for its second
/// factor, and remembers the device.
/// </summary>
internal sealed class SignInCompletion(SignInManager<User> signIn, KnownDevices devices, AuditLog audit, TimeProvider clock)
{
    /// <param name="user">Who signs in.</param>
    /// <param name="proof">What was proven. It also counts as a fresh proof.</param>
    /// <param name="isRemembered">Whether the cookie outlives the browser.</param>
    /// <param name="context">The request. Its response gets the cookies.</param>
    /// <param name="recorded">How the audit log calls it; null: not at all, because the user was signed in before.</param>
    public async Task CompleteAsync(
        User user, SignInProof proof, bool isRemembered, HttpContext context, AuditKind? recorded = AuditKind.SignedIn)
    {
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        var properties = new AuthenticationProperties { IsPersistent = isRemembered };
        properties.SetParameter(SessionCookie.Proof, proof);
        await signIn.SignInAsync(user, properties);
        devices.Remember(context, user.Id);
        if (recorded is { } kind)
        {
            await audit.RecordAccountEventAsync(kind, user.Id, "", clock.GetUtcNow(), context.RequestAborted);
        }
    }
}
