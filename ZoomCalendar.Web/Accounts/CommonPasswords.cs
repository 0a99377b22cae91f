using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Refuses the most common passwords. The list contains those of the 30,000 commonest that are long enough to be accepted otherwise
/// (from zxcvbn, MIT licence). Case makes no difference.
/// </summary>
internal sealed class CommonPasswords : IPasswordValidator<User>
{
    private static readonly Lazy<HashSet<string>> All = new(Read);

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(password is not null && All.Value.Contains(password.Trim())
            ? IdentityResult.Failed(new IdentityError
            {
                Code = nameof(CommonPasswords),
                Description = "This is one of the most common passwords, which are tried first. Choose another one.",
            })
            : IdentityResult.Success);

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
