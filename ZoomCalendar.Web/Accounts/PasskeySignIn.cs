using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Signs a user in by a passkey. It names its user itself, so no address is asked for, and nothing is revealed about accounts.
/// </summary>
internal sealed class PasskeySignIn(
    SignInCompletion completion,
    PasskeyCeremony ceremony,
    AccountGate gate,
    AccountLimits limits,
    AttemptCounters attempts,
    TimeProvider clock)
{
    /// <summary>What the browser needs to ask for a passkey, or a sentence about the problem.</summary>
    public async Task<(PasskeyRequest? Request, string Problem)> BeginAsync(HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        return permit.Problem is { } problem ? (null, problem) : (await ceremony.BeginSignInAsync(context), "");
    }

    /// <returns>A sentence about the problem; null: signed in.</returns>
    public async Task<string?> FinishAsync(string? state, string? answer, bool isRemembered, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        var (visitor, stop) = (VisitorAddress.Of(context), context.RequestAborted);
        if (await attempts.TakeAsync(limits.WrongPasskeys, visitor, clock.GetUtcNow(), stop) is { } wait)
        {
            return context.TooMany("Too many wrong passkeys from your network.", wait);
        }

        (var user, problem) = await ceremony.FinishSignInAsync(state, answer, context, stop);
        if (user is null)
        {
            return problem;
        }

        await attempts.GiveBackAsync(limits.WrongPasskeys, visitor, stop);
        // The device verified the user, by a PIN or a finger: something one has, and something one knows or is.
        await completion.CompleteAsync(user, SignInProof.TwoFactors, isRemembered, context, AuditKind.SignedInWithPasskey);
        return null;
    }
}
