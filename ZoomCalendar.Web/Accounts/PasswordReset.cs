using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Resets a forgotten password. Neither the responses nor their time reveal whether an address is known.</summary>
internal sealed class PasswordReset(
    UserManager<User> users,
    AccountGate gate,
    AccountRequestQueue requests,
    AccountLimits limits,
    AttemptCounters attempts,
    Sessions sessions,
    AuditLog audit,
    TimeProvider clock)
{
    private const string Unusable = "This link is no longer valid. Ask for a new one.";
    private const int MaxCodeLength = 2_000;

    /// <returns>A sentence about the problem; null: the request is stored.</returns>
    public async Task<string?> AskAsync(string email, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        return permit.Problem
            ?? await requests.AddAsync(AccountRequestKind.PasswordReset, EmailAddress.Clean(email), "", context);
    }

    /// <returns>A sentence about the problem; null: the password is set, and all sessions of this user end.</returns>
    public async Task<string?> ResetAsync(string email, string code, string password, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        if (email.Length > EmailAddress.MaxLength || Decode(code) is not { } token || await users.FindByEmailAsync(email) is not { } user)
        {
            return Unusable;
        }

        var result = await users.ResetPasswordAsync(user, token, password);
        if (!result.Succeeded)
        {
            return result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken))
                ? Unusable
                : string.Join(' ', result.Errors.Select(error => error.Description));
        }

        await audit.RecordAccountEventAsync(AuditKind.PasswordReset, user.Id, "", clock.GetUtcNow(), context.RequestAborted);
        await sessions.EndAllAsync(user.Id, null, context.RequestAborted);
        // The link came from the mailbox, so its owner may sign in at once.
        await attempts.ForgetAsync(limits.SignIn, EmailAddress.UpperKey(user.Email!), context.RequestAborted);
        return null;
    }

    private static string? Decode(string code)
    {
        try
        {
            return code.Length > MaxCodeLength ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
