using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Takes a fresh proof from a signed-in user, on an open page or an account form, and notes it in the session. Wrong passwords
/// count as those of the form that changes the password.
/// </summary>
internal sealed class FreshProofs(
    IServiceScopeFactory scopes,
    AccountGate gate,
    AccountLimits limits,
    AttemptCounters attempts,
    Sessions sessions,
    OwnPasskeys passkeys,
    TimeProvider clock)
{
    /// <param name="user">Who is signed in.</param>
    /// <param name="session">The session that is proven.</param>
    /// <param name="password">As typed.</param>
    /// <param name="context">The request of an account form; null on an open page.</param>
    /// <param name="cancellationToken">Before anything is counted.</param>
    /// <returns>A sentence about the problem; null: proven.</returns>
    public async Task<string?> ByPasswordAsync(
        UserId user, SessionId session, string password, HttpContext? context, CancellationToken cancellationToken)
    {
        using var permit = context is null ? await gate.EnterAsync(user, cancellationToken) : await gate.EnterAsync(context);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        var (subject, now) = (user.ToString(), clock.GetUtcNow());
        if (await attempts.TakeAsync(limits.CurrentPassword, subject, now, cancellationToken) is { } wait)
        {
            return context.TooMany("Too many wrong passwords.", wait);
        }

        // The open page lives longer than what its own context would remember of the user.
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByIdAsync(subject) is not { } found || !await users.CheckPasswordAsync(found, password))
        {
            return "The password is not right.";
        }

        await attempts.ForgetAsync(limits.CurrentPassword, subject, cancellationToken);
        await sessions.NoteProofAsync(session, user, isSecondFactor: false, clock.GetUtcNow(), cancellationToken);
        return null;
    }

    /// <param name="user">Who is signed in.</param>
    /// <param name="session">The session that is proven.</param>
    /// <param name="state">The state of the request that <see cref="OwnPasskeys.BeginConfirmingAsync"/> made.</param>
    /// <param name="answer">The browser's answer, as JSON.</param>
    /// <param name="here">Where the browser is.</param>
    /// <param name="cancellationToken">Before anything is counted.</param>
    /// <returns>A sentence about the problem; null: proven, by two factors.</returns>
    public async Task<string?> ByPasskeyAsync(
        UserId user, SessionId session, string state, string answer, HttpContext here, CancellationToken cancellationToken)
    {
        var problem = await passkeys.ConfirmAsync(state, answer, user, here, cancellationToken);
        if (problem is null)
        {
            await sessions.NoteProofAsync(session, user, isSecondFactor: true, clock.GetUtcNow(), cancellationToken);
        }

        return problem;
    }
}
