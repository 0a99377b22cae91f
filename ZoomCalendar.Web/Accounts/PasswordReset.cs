using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Resets a forgotten password. The responses do not reveal whether an address is known.</summary>
internal sealed class PasswordReset(UserManager<User> users, PasswordLinks links, IMessageOutbox messages, PublicUrl publicUrl)
{
    public async Task AskAsync(string email, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
        {
            return;
        }

        var link = publicUrl.Of(request, await links.NewAsync(user));
        await messages.SendAsync(
            new OutgoingMessage(
                user.Email!,
                "Choose a new password",
                $"Somebody, probably you, asked for a new password.\n\nChoose it here within two hours:\n{link}\n\nIf it was not "
                    + "you, do nothing: your password stays as it is."),
            cancellationToken);
    }

    /// <returns>A sentence about the problem; null: the password is set, and all sessions of this user end.</returns>
    public async Task<string?> ResetAsync(string email, string code, string password)
    {
        const string unusable = "This link is no longer usable. Ask for a new one.";
        if (await users.FindByEmailAsync(email) is not { } user || Decode(code) is not { } token)
        {
            return unusable;
        }

        var result = await users.ResetPasswordAsync(user, token, password);
        if (!result.Succeeded)
        {
            return result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken))
                ? unusable
                : string.Join(' ', result.Errors.Select(error => error.Description));
        }

        await users.SetLockoutEndDateAsync(user, null);
        return null;
    }

    private static string? Decode(string code)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
