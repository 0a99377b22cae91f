using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Creates the first account where registration is closed: the operator creates a business and its admin, who chooses the password at a
/// link. The link can be created again until a password is set.
/// </summary>
internal sealed class FirstAdmin(UserManager<User> users, Registration registration, PasswordLinks links, PublicUrl publicUrl)
{
    /// <param name="email">The admin's e-mail address.</param>
    /// <param name="name">Null: the part of the e-mail address before the @.</param>
    /// <param name="business">The name of the new sub-account.</param>
    /// <param name="cancellationToken">Before the commit, nothing is created.</param>
    /// <returns>The absolute address of the link.</returns>
    /// <exception cref="StartupException">What is wrong, in words.</exception>
    public async Task<string> CreateAsync(string email, string? name, string business, CancellationToken cancellationToken)
    {
        (email, name, business) = (email.Trim(), (name ?? email.Split('@')[0]).Trim(), business.Trim());
        var user = await users.FindByEmailAsync(email);
        if (user is { PasswordHash: not null })
        {
            throw new StartupException(
                $"{email} has an account and a password already. Sign in, or use 'Forgot your password?' on the sign-in page.");
        }

        if (user is null)
        {
            Refuse(!EmailAddress.IsValid(email), "--email is not an email address. Write --email you@your.domain.");
            Refuse(StorableText.IsBlank(name) || name.Length > User.NameMaxLength, $"--name has 1 to {User.NameMaxLength} characters.");
            Refuse(
                StorableText.IsBlank(business) || business.Length > SubAccount.NameMaxLength,
                $"--business has 1 to {SubAccount.NameMaxLength} characters: the name of your business.");
            (user, var errors) = await registration.CreateAsync(name, business, email, cancellationToken);
            if (user is null)
            {
                throw new StartupException([.. errors.Select(error => error.Description)]);
            }
        }

        return publicUrl.Of(await links.NewAsync(user));
    }

    private static void Refuse(bool isWrong, string sentence)
    {
        if (isWrong)
        {
            throw new StartupException(sentence);
        }
    }
}
