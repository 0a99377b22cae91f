using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// The second step of a sign-in, for users with an authenticator app. Between the steps a cookie says who gave the right password; it lasts
/// ten minutes, ends with a changed password, and opens no page.
/// </summary>
internal sealed class SecondFactorSignIn(
    UserManager<User> users,
    SignInCompletion completion,
    SecondFactorCodes codes,
    AccountGate gate,
    AccountLimits limits,
    AttemptCounters attempts,
    KnownDevices devices,
    MessageOutbox outbox,
    AuditLog audit,
    RefusedSignIns refusals,
    PublicUrl publicUrl,
    TimeProvider clock)
{
    /// <summary>How long the user may take from the password to the code.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public const string Ended = "Your sign-in took too long, or your password was changed meanwhile. Enter your password again.";

    private const string RememberClaim = "remember";
    private const string StampClaim = "stamp";

    /// <summary>The user has given the right password.</summary>
    public static Task BeginAsync(User user, bool isRemembered, HttpContext context)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()),
                new Claim(StampClaim, user.SecurityStamp ?? ""),
                new Claim(RememberClaim, isRemembered ? "yes" : "no"),
            ],
            IdentityConstants.TwoFactorUserIdScheme);
        return context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Who gave the right password; null: nobody, or it was too long ago.</summary>
    public async Task<User?> FindAsync(HttpContext context) => (await ReadAsync(context)).User;

    /// <param name="code">A code of the app, or a recovery code, as typed.</param>
    /// <param name="context">The request.</param>
    /// <returns>A sentence about the problem; null: signed in.</returns>
    public async Task<string?> SignInAsync(string code, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        var (user, isRemembered) = await ReadAsync(context);
        if (user is null)
        {
            return Ended;
        }

        var (now, visitor, stop) = (clock.GetUtcNow(), VisitorAddress.Of(context), context.RequestAborted);
        if (await attempts.TakeAsync(limits.WrongPasswords, visitor, now, stop) is { } wait)
        {
            return context.TooMany("Too many wrong codes from your network.", wait);
        }

        // Whoever knows the password cannot lock the user out of a device where the user signed in before.
        var subject = devices.Find(context, user.Id) is { } device ? $"device {device}" : $"user {user.Id}";
        if (await attempts.TakeAsync(limits.SecondFactor, subject, now, stop) is { } pause)
        {
            return context.TooMany("Too many wrong codes.", pause);
        }

        if (!await codes.IsOfAppAsync(user, code, stop))
        {
            if (!await codes.RedeemAsync(user, code))
            {
                refusals.Add(user.Id, now);
                return SecondFactorCodes.Wrong;
            }

            await audit.RecordAccountEventAsync(AuditKind.RecoveryCodeUsed, user.Id, "", now, stop);

            var left = await users.CountRecoveryCodesAsync(user);
            var link = publicUrl.Of(context.Request, AccountUrls.Authenticator);
            await outbox.SendAsync(AccountMessages.RecoveryCodeUsed(user.Email!, left, link), stop);
        }

        await attempts.ForgetAsync(limits.SecondFactor, subject, stop);
        await attempts.GiveBackAsync(limits.WrongPasswords, visitor, stop);
        await completion.CompleteAsync(user, SignInProof.TwoFactors, isRemembered, context);
        return null;
    }

    private async Task<(User? User, bool IsRemembered)> ReadAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return result.Principal is { } principal
            && principal.UserId() is { } id
            && await users.FindByIdAsync(id.ToString()) is { TwoFactorEnabled: true } user
            && user.SecurityStamp == principal.FindFirstValue(StampClaim)
            ? (user, principal.FindFirstValue(RememberClaim) is "yes")
            : (null, false);
    }
}
