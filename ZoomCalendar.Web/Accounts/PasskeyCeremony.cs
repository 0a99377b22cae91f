using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Accounts;

/// <summary>What a browser needs to make or to use a passkey.</summary>
/// <param name="Options">JSON for <c>navigator.credentials</c>.</param>
/// <param name="State">What we have to remember of it, encrypted. The browser sends it back with its answer.</param>
internal sealed record PasskeyRequest(string Options, string State);

/// <summary>
/// The two steps in which a browser makes or uses a passkey. Identity checks the answers: the challenge, our address, the signature, that
/// the user was verified (by a PIN or a finger), and the counter. A challenge is good for one answer, on all nodes together.
/// </summary>
internal sealed class PasskeyCeremony(
    IPasskeyHandler<User> handler,
    UserManager<User> users,
    Passkeys passkeys,
    AttemptCounters attempts,
    IDataProtectionProvider protection,
    TimeProvider clock)
{
    /// <summary>In characters. Longer ones are not read.</summary>
    public const int MaxAnswerLength = 20_000;

    public const int MaxStateLength = 10_000;

    public const string Refused =
        "This passkey cannot be used here. It may have been removed. Try another one, or sign in with your password.";

    public const string TooLate = "That took too long, or was sent twice. Try again.";

    public const string NotMade = "The passkey could not be added. Try again, or use another device or browser.";

    /// <summary>How long a browser may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private static readonly AttemptLimit OneAnswer = new("answer to a passkey challenge", 1, 2 * Lifetime);

    private readonly IDataProtector _protector = protection.CreateProtector("ZoomCalendar.Passkeys");

    private enum Purpose
    {
        Add,
        SignIn,
        Confirm,
    }

    /// <summary>Begins to make a passkey.</summary>
    /// <param name="user">Whose it becomes.</param>
    /// <param name="here">The request; in a circuit <see cref="PasskeySite"/>.</param>
    public async Task<PasskeyRequest> BeginAddingAsync(User user, HttpContext here)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email!, DisplayName = user.Name }, here);
        return new PasskeyRequest(made.CreationOptionsJson, Protect(Purpose.Add, user.Id, made.AttestationState));
    }

    /// <summary>Begins a sign-in: any passkey of this site, so nothing about accounts is revealed.</summary>
    public async Task<PasskeyRequest> BeginSignInAsync(HttpContext here)
    {
        var made = await handler.MakeRequestOptionsAsync(null, here);
        return new PasskeyRequest(made.RequestOptionsJson, Protect(Purpose.SignIn, null, made.AssertionState));
    }

    /// <summary>Begins the proof that a signed-in user is still there.</summary>
    public async Task<PasskeyRequest> BeginConfirmingAsync(User user, HttpContext here)
    {
        var made = await handler.MakeRequestOptionsAsync(user, here);
        return new PasskeyRequest(made.RequestOptionsJson, Protect(Purpose.Confirm, user.Id, made.AssertionState));
    }

    /// <returns>The passkey to add, or a sentence about the problem.</returns>
    public async Task<(UserPasskeyInfo? Passkey, string Problem)> FinishAddingAsync(
        UserId user, string? state, string? answer, HttpContext here, CancellationToken cancellationToken)
    {
        if (await TakeAsync(Purpose.Add, user, state, answer, cancellationToken) is not { } kept)
        {
            return (null, TooLate);
        }

        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = here, CredentialJson = answer!, AttestationState = kept });
        return result.Succeeded ? (result.Passkey, "") : (null, NotMade);
    }

    /// <returns>The user whose passkey it is, or a sentence about the problem.</returns>
    public Task<(User? User, string Problem)> FinishSignInAsync(
        string? state, string? answer, HttpContext here, CancellationToken cancellationToken) =>
        FinishAsync(Purpose.SignIn, null, state, answer, here, cancellationToken);

    /// <returns>A sentence about the problem; null: it is the user.</returns>
    public async Task<string?> FinishConfirmingAsync(
        UserId user, string? state, string? answer, HttpContext here, CancellationToken cancellationToken)
    {
        var (found, problem) = await FinishAsync(Purpose.Confirm, user, state, answer, here, cancellationToken);
        return found?.Id == user ? null : problem;
    }

    private async Task<(User? User, string Problem)> FinishAsync(
        Purpose purpose, UserId? user, string? state, string? answer, HttpContext here, CancellationToken cancellationToken)
    {
        if (await TakeAsync(purpose, user, state, answer, cancellationToken) is not { } kept)
        {
            return (null, TooLate);
        }

        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = here, CredentialJson = answer!, AssertionState = kept });
        return result.Succeeded && await passkeys.UseAsync(result.User.Id, result.Passkey, clock.GetUtcNow(), cancellationToken)
            ? (await users.FindByIdAsync(result.User.Id.ToString()), "")
            : (null, Refused);
    }

    private string Protect(Purpose purpose, UserId? user, string? state) => _protector.Protect(
        JsonSerializer.Serialize(new Kept(purpose, user?.Value, clock.GetUtcNow() + Lifetime, state ?? "")));

    /// <summary>The state of an answer that is in time and the first one to its challenge.</summary>
    private async Task<string?> TakeAsync(
        Purpose purpose, UserId? user, string? state, string? answer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return answer is { Length: > 0 and <= MaxAnswerLength }
            && Unprotect(state) is { } kept
            && kept.Purpose == purpose && kept.User == user?.Value && kept.Until > now
            && await attempts.TakeAsync(OneAnswer, kept.State, now, cancellationToken) is null
            ? kept.State
            : null;
    }

    private Kept? Unprotect(string? state)
    {
        try
        {
            return state is { Length: > 0 and <= MaxStateLength }
                ? JsonSerializer.Deserialize<Kept>(_protector.Unprotect(state))
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Kept(Purpose Purpose, Guid? User, DateTimeOffset Until, string State);
}
