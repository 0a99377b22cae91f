using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>What the page about the authenticator app shows.</summary>
/// <param name="IsFresh">Whether the session has a fresh proof. Without it nothing else is read.</param>
/// <param name="IsOn">Whether signing in asks for a code.</param>
/// <param name="CodesLeft">The unused recovery codes.</param>
/// <param name="Key">The key for the app, before it is turned on.</param>
internal sealed record AuthenticatorView(bool IsFresh, bool IsOn = false, int CodesLeft = 0, string? Key = null)
{
    /// <summary>Why the session has to begin anew first, in a sentence. Null: it need not.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The name of this site in the app.</summary>
    public const string Site = "Zoom for Calendars";

    /// <summary>What the QR code contains.</summary>
    public static string Uri(string email, string key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(Site)}:{System.Uri.EscapeDataString(email)}?secret={key}"
        + $"&issuer={System.Uri.EscapeDataString(Site)}&digits=6";
}

/// <summary>
/// A user's authenticator app and recovery codes. Every change needs a fresh proof, ends the user's other sessions, and is told by e-mail.
/// </summary>
internal sealed class AuthenticatorSetup(
    UserManager<User> users,
    IUserStore<User> store,
    SignInCompletion completion,
    SecondFactorCodes codes,
    SecondFactorReset reset,
    SecondFactors factors,
    AccountGate gate,
    AccountLimits limits,
    AttemptCounters attempts,
    Sessions sessions,
    MessageOutbox outbox,
    AuditLog audit,
    PublicUrl publicUrl,
    TimeProvider clock)
{
    private const int RecoveryCodes = 10;

    public async Task<AuthenticatorView> ReadAsync(HttpContext context)
    {
        if (await WhyNotAsync(context) is { } reason)
        {
            return new AuthenticatorView(false) { WhyNot = reason };
        }

        if (await FreshUserAsync(context) is not var (user, _))
        {
            return new AuthenticatorView(false);
        }

        return user.TwoFactorEnabled
            ? new AuthenticatorView(true, true, await users.CountRecoveryCodesAsync(user))
            : new AuthenticatorView(true, Key: await KeyAsync(user, context.RequestAborted));
    }

    /// <summary>Turns it on, if the code shows that the app has the key.</summary>
    /// <returns>The recovery codes, which are shown once; or a sentence about the problem.</returns>
    public async Task<(IReadOnlyList<string> Codes, string? Problem)> TurnOnAsync(string code, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        if (permit.Problem is { } problem)
        {
            return ([], problem);
        }

        if (await FreshUserAsync(context) is not var (user, session) || user.TwoFactorEnabled)
        {
            return ([], FreshProof.Needed);
        }

        if (await WhyNotAsync(context) is { } reason)
        {
            return ([], reason);
        }

        var (subject, stop) = ($"user {user.Id}", context.RequestAborted);
        if (await attempts.TakeAsync(limits.SecondFactor, subject, clock.GetUtcNow(), stop) is { } wait)
        {
            return ([], context.TooMany("Too many wrong codes.", wait));
        }

        if (!await codes.IsOfAppAsync(user, code, stop))
        {
            return ([], SecondFactorCodes.Wrong);
        }

        await attempts.ForgetAsync(limits.SecondFactor, subject, stop);
        var recovery = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes);
        await users.SetTwoFactorEnabledAsync(user, true);
        await GoOnAsync(user, session, SignInProof.TwoFactors, AuditKind.SecondFactorAdded, context);
        await outbox.SendAsync(AccountMessages.AuthenticatorAdded(user.Email!, LinkIn(context)), stop);
        return ([.. recovery!], null);
    }

    /// <summary>Replaces the recovery codes. The old ones work no more.</summary>
    public async Task<(IReadOnlyList<string> Codes, string? Problem)> RenewCodesAsync(HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        if (permit.Problem is { } problem)
        {
            return ([], problem);
        }

        if (await FreshUserAsync(context) is not ({ TwoFactorEnabled: true } user, _))
        {
            return ([], FreshProof.Needed);
        }

        var recovery = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes);
        await RecordAsync(user, AuditKind.RecoveryCodesMade, context);
        return ([.. recovery!], null);
    }

    /// <returns>A sentence about the problem; null: turned off.</returns>
    public async Task<string?> TurnOffAsync(HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        if (await FreshUserAsync(context) is not ({ TwoFactorEnabled: true } user, var session))
        {
            return FreshProof.Needed;
        }

        await reset.RemoveAsync(user);
        // What was proven in this session stays proven while another second factor is left.
        var proof = session.HasSecondFactor && (await factors.OfAsync(user.Id, context.RequestAborted)).HasSecond
            ? SignInProof.TwoFactors
            : SignInProof.OneFactor;
        await GoOnAsync(user, session, proof, AuditKind.SecondFactorRemoved, context);
        await outbox.SendAsync(AccountMessages.AuthenticatorRemoved(user.Email!, LinkIn(context)), context.RequestAborted);
        return null;
    }

    private async Task<string?> WhyNotAsync(HttpContext context) =>
        context.User.UserId() is { } user && context.User.SessionId() is { } session
            ? await factors.WhyNotAddAsync(user, session, context.RequestAborted)
            : null;

    private string LinkIn(HttpContext context) => publicUrl.Of(context.Request, $"/{AppUrls.Security}");

    // The new security stamp ends all sessions, so this browser gets a new one.
    private async Task GoOnAsync(User user, ProvenSession session, SignInProof proof, AuditKind change, HttpContext context)
    {
        await RecordAsync(user, change, context);
        await sessions.EndAllAsync(user.Id, null, context.RequestAborted);
        await completion.CompleteAsync(user, proof, session.IsRemembered, context, recorded: null);
    }

    private Task RecordAsync(User user, AuditKind change, HttpContext context) =>
        audit.RecordAccountEventAsync(change, user.Id, "", clock.GetUtcNow(), context.RequestAborted);

    private async Task<(User User, ProvenSession Session)?> FreshUserAsync(HttpContext context) =>
        context.User.UserId() is { } id && context.User.SessionId() is { } session
        && await sessions.ProofAsync(session, id, clock.GetUtcNow(), context.RequestAborted) is { IsFresh: true } proven
        && await users.FindByIdAsync(id.ToString()) is { } user
            ? (user, proven)
            : null;

    // Identity's own way to make a key changes the security stamp, which would sign the user out for looking at the page.
    private async Task<string> KeyAsync(User user, CancellationToken cancellationToken)
    {
        if (await users.GetAuthenticatorKeyAsync(user) is { } known)
        {
            return known;
        }

        var key = users.GenerateNewAuthenticatorKey();
        await ((IUserAuthenticatorKeyStore<User>)store).SetAuthenticatorKeyAsync(user, key, cancellationToken);
        await users.UpdateAsync(user);
        return key;
    }
}
