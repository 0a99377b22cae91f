using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Changes the password of a signed-in user. Wrong current passwords are counted. All other sessions of the user end.</summary>
internal sealed class PasswordChange(
    UserManager<User> users,
    SignInCompletion completion,
    AccountGate gate,
    AccountLimits limits,
    AttemptCounters attempts,
    Sessions sessions,
    AuditLog audit,
    TimeProvider clock)
{
    /// <returns>A sentence about the problem; null: changed.</returns>
    public async Task<string?> ChangeAsync(string current, string password, HttpContext context)
    {
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return "You are no longer signed in. Sign in again, then change your password.";
        }

        using var permit = await gate.EnterAsync(context);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        var (subject, stop) = (user.Id.ToString(), context.RequestAborted);
        if (await attempts.TakeAsync(limits.CurrentPassword, subject, clock.GetUtcNow(), stop) is { } wait)
        {
            return context.TooMany("Too many wrong passwords. You can also sign out and use \"Forgot password?\".", wait);
        }

        var result = await users.ChangePasswordAsync(user, current, password);
        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
        {
            return "The current password is not right. Nothing was changed.";
        }

        // The current password was right, even if the new one is refused.
        await attempts.ForgetAsync(limits.CurrentPassword, subject, stop);
        if (!result.Succeeded)
        {
            return string.Join(' ', result.Errors.Select(error => error.Description));
        }

        var before = context.User.SessionId() is { } session ? await sessions.ProofAsync(session, user.Id, clock.GetUtcNow(), stop) : null;
        await audit.RecordAccountEventAsync(AuditKind.PasswordChanged, user.Id, "", clock.GetUtcNow(), stop);
        await sessions.EndAllAsync(user.Id, null, stop);
        // A new session for this browser.
        var proof = before?.HasSecondFactor is true ? SignInProof.TwoFactors : SignInProof.OneFactor;
        await completion.CompleteAsync(user, proof, before?.IsRemembered is true, context, recorded: null);
        return null;
    }
}
