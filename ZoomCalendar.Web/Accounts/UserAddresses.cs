using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Normalizes e-mail addresses, so that a user is found by any spelling.</summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    public string? NormalizeEmail(string? email) => email is null ? null : EmailAddress.UpperKey(email);

    public string? NormalizeName(string? name) => NormalizeEmail(name);
}

/// <summary>Replaces Identity's rules, which refuse some valid addresses.</summary>
internal sealed class UserEmailValidator(IdentityErrorDescriber errors) : IUserValidator<User>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user) => 0 switch
    {
        _ when !EmailAddress.IsValid(user.Email) => IdentityResult.Failed(new IdentityError
        {
            Code = nameof(IdentityErrorDescriber.InvalidEmail),
            Description = EmailAddress.Problem,
        }),
        _ when await manager.FindByEmailAsync(user.Email!) is { } owner && owner.Id != user.Id =>
            IdentityResult.Failed(errors.DuplicateEmail(user.Email!)),
        _ => IdentityResult.Success,
    };
}
