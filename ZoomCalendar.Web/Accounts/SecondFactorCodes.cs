using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Checks the codes of a second factor. Each works once. The caller limits the tries.</summary>
internal sealed class SecondFactorCodes(UserManager<User> users, AccountLimits limits, AttemptCounters attempts, TimeProvider clock)
{
    public const string Wrong = "This code is not right, or was used already. Enter the code that your app shows now.";

    private const int AppCodeLength = 6;
    private const int RecoveryCodeLength = 10;

    /// <summary>Whether it is a code of the user's authenticator app that was not used before, on any node.</summary>
    public async Task<bool> IsOfAppAsync(User user, string typed, CancellationToken cancellationToken)
    {
        var code = Clean(typed);
        return code.Length == AppCodeLength && code.All(char.IsAsciiDigit)
            && await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code)
            && await attempts.TakeAsync(limits.SameCode, $"{user.Id} {code}", clock.GetUtcNow(), cancellationToken) is null;
    }

    /// <summary>Uses up a recovery code. Two tries with the same code at once: one succeeds.</summary>
    public async Task<bool> RedeemAsync(User user, string typed)
    {
        var code = Clean(typed).ToUpperInvariant();
        return code.Length == RecoveryCodeLength
            && (await users.RedeemTwoFactorRecoveryCodeAsync(user, $"{code[..5]}-{code[5..]}")).Succeeded;
    }

    // Apps show a code in two groups.
    private static string Clean(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit));
}
