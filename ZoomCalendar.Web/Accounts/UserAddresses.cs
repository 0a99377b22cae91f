using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Users are known by their e-mail address, and found by it however it is written.</summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    public string? NormalizeEmail(string? email) => email is null ? null : EmailAddress.UpperKey(email);

    public string? NormalizeName(string? name) => NormalizeEmail(name);
}

/// <summary>In place of Identity's rules, which know fewer addresses than there are.</summary>
internal sealed class UserEmailValidator(IdentityErrorDescriber errors) : IUserValidator<User>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user) => 0 switch
    {
        _ when !EmailAddress.IsValid(user.Email) => IdentityResult.Failed(new IdentityError { Code = nameof(IdentityErrorDescriber.InvalidEmail), Description = EmailAddress.Problem }),
        _ when await manager.FindByEmailAsync(user.Email!) is { } owner && owner.Id != user.Id => IdentityResult.Failed(errors.DuplicateEmail(user.Email!)),
        _ => IdentityResult.Success,
    };
}
