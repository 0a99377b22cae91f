using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Signs a user in by e-mail address and password. A known, an unknown and a locked address cost the same work and get the same answer.
/// </summary>
internal sealed class PasswordSignIn(
    UserManager<User> users,
    SignInCompletion completion,
    AccountGate gate,
    AccountLimits limits,
    AttemptCounters attempts,
    KnownDevices devices,
    DecoyPassword decoy,
    RefusedSignIns refusals,
    TimeProvider clock)
{
    public const string Refused =
        "Email and password do not match. After five wrong tries, signing in pauses for 15 minutes, except on a device where you signed in "
        + "before. The link of \"Forgot password?\" ends the pause.";

    /// <returns>A sentence about the problem; or none, and whether the user is led to the second step.</returns>
    public async Task<(string? Problem, bool NeedsSecondStep)> SignInAsync(
        string email, string password, bool isRemembered, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context);
        if (permit.Problem is { } problem)
        {
            return (problem, false);
        }

        var (now, visitor, stop) = (clock.GetUtcNow(), VisitorAddress.Of(context), context.RequestAborted);
        if (await attempts.TakeAsync(limits.WrongPasswords, visitor, now, stop) is { } wait)
        {
            return (context.TooMany("Too many wrong passwords from your network.", wait), false);
        }

        var address = EmailAddress.Clean(email);
        var user = await users.FindByNameAsync(address);
        var device = user is null ? null : devices.Find(context, user.Id);
        var (limit, subject) = device is null ? (limits.SignIn, EmailAddress.UpperKey(address)) : (limits.KnownDevice, device);
        var isPaused = await attempts.TakeAsync(limit, subject, now, stop) is not null;
        if (!await IsRightAsync(user, password) || isPaused)
        {
            // While signing in is paused the tries are not counted either, so a flood of them does not fill the log.
            if (user is not null && !isPaused)
            {
                refusals.Add(user.Id, now);
            }

            return (Refused, false);
        }

        await attempts.ForgetAsync(limit, subject, stop);
        await attempts.GiveBackAsync(limits.WrongPasswords, visitor, stop);
        if (user!.TwoFactorEnabled)
        {
            await SecondFactorSignIn.BeginAsync(user, isRemembered, context);
            return (null, true);
        }

        await completion.CompleteAsync(user, SignInProof.OneFactor, isRemembered, context);
        return (null, false);
    }

    private async Task<bool> IsRightAsync(User? user, string password)
    {
        if (user is { PasswordHash: not null })
        {
            return await users.CheckPasswordAsync(user, password);
        }

        users.PasswordHasher.VerifyHashedPassword(user ?? new User(), decoy.Hash, password);
        return false;
    }
}
