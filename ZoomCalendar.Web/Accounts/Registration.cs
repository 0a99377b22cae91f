using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>What a visitor fills in to register.</summary>
internal sealed record RegistrationInput(string Name, string Business, string Email, string Password, string? TimeZone);

/// <summary>
/// Creates a user and a sub-account whose admin the user is, in one transaction. A visitor has to confirm the address first, so the page
/// is the same whether the address has an account or not.
/// </summary>
internal sealed class Registration(
    ZoomCalendarContext db,
    UserManager<User> users,
    AccountGate gate,
    AccountRequestQueue requests,
    IOptions<AccountOptions> options,
    TimeProvider clock)
{
    public const string Closed = "Registration is closed. Ask an admin of your business for an invitation.";

    public const string Unusable = "This link is no longer valid: it was used already, or is older than 24 hours. Register again.";

    private const int MaxAttempts = 5;

    /// <summary>Whether anyone may register.</summary>
    public bool IsOpen => options.Value.AllowRegistration is true;

    /// <summary>Stores the registration. A background service sends the link that confirms it.</summary>
    /// <returns>A sentence about the problem; null: stored.</returns>
    public async Task<string?> AskAsync(RegistrationInput input, HttpContext context)
    {
        if (!IsOpen)
        {
            return Closed;
        }

        using var permit = await gate.EnterAsync(context);
        if (permit.Problem is { } problem)
        {
            return problem;
        }

        var user = NewUser(input.Name, input.Email, input.TimeZone);
        foreach (var validator in users.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(users, user, input.Password);
            if (!valid.Succeeded)
            {
                return string.Join(' ', valid.Errors.Select(error => error.Description));
            }
        }

        var content = new RegistrationContent(
            user.Name, StorableText.OneLine(input.Business), users.PasswordHasher.HashPassword(user, input.Password), user.TimeZone);
        return await requests.AddAsync(AccountRequestKind.Registration, user.Email!, JsonSerializer.Serialize(content), context);
    }

    /// <summary>Why the link of a registration cannot be used; null: it can.</summary>
    public async Task<string?> WhyNotConfirmAsync(string? token, CancellationToken cancellationToken) =>
        !IsOpen ? Closed : await FindAsync(token, cancellationToken) is null ? Unusable : null;

    /// <summary>Creates the account whose address the link confirms.</summary>
    /// <returns>The user, or a sentence about the problem.</returns>
    public async Task<(User? User, string Problem)> ConfirmAsync(string? token, HttpContext context)
    {
        using var permit = await gate.EnterAsync(context, hashes: false);
        if (permit.Problem is { } problem)
        {
            return (null, problem);
        }

        // Whoever asked while registration was open has no account yet.
        if (!IsOpen)
        {
            return (null, Closed);
        }

        if (await FindAsync(token, context.RequestAborted) is not { } request)
        {
            return (null, Unusable);
        }

        var content = JsonSerializer.Deserialize<RegistrationContent>(request.Content)!;
        var (user, errors) = await RetryAsync(
            () => TryAsync(content, request.Email, request.Id, context.RequestAborted));
        return (user, string.Join(' ', errors.Select(error => error.Description)));
    }

    /// <summary>Creates an account without a password and without a confirmation, for an operator.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="business">The sub-account's name.</param>
    /// <param name="email">The user's e-mail address.</param>
    /// <param name="cancellationToken">Before the commit, nothing is created.</param>
    public Task<(User? User, IEnumerable<IdentityError> Errors)> CreateAsync(
        string name, string business, string email, CancellationToken cancellationToken) =>
        RetryAsync(() => TryAsync(new RegistrationContent(name, business, null, null), email, null, cancellationToken));

    private async Task<(User? User, IEnumerable<IdentityError> Errors)> RetryAsync(
        Func<Task<(User? User, IEnumerable<IdentityError> Errors)>> create)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await create();
            }
            catch (DbUpdateException exception) when (attempt < MaxAttempts && DatabaseErrors.IsUniqueViolation(exception))
            {
                // Somebody registered with the same address, or a business of the same name, at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<(User? User, IEnumerable<IdentityError> Errors)> TryAsync(
        RegistrationContent content, string email, Guid? request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var user = NewUser(content.Name, email, content.TimeZone);
        user.PasswordHash = content.PasswordHash;
        user.EmailConfirmed = request is not null;

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (request is not null && await db.AccountRequests.Where(row => row.Id == request).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return (null, [new IdentityError { Description = Unusable }]);
        }

        var created = await users.CreateAsync(user);
        if (!created.Succeeded)
        {
            return (null, created.Errors);
        }

        var subAccount = new SubAccount(
            SubAccountId.New(now),
            StorableText.OneLine(content.Business),
            await FreeSlugAsync(content.Business, cancellationToken),
            now);
        user.LastSubAccountId = subAccount.Id;
        db.SubAccounts.Add(subAccount);
        db.Memberships.Add(new Membership(subAccount.Id, user.Id, Role.Admin, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (user, []);
    }

    private User NewUser(string name, string email, string? timeZone) => new()
    {
        Id = UserId.New(clock.GetUtcNow()),
        Name = StorableText.OneLine(name),
        UserName = EmailAddress.Clean(email),
        Email = EmailAddress.Clean(email),
        TimeZone = timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null ? timeZone : "Etc/UTC",
    };

    private async Task<AccountRequest?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (RegistrationLink.Read(token) is not var (id, hash))
        {
            return null;
        }

        var oldest = clock.GetUtcNow() - AccountRequest.Lifetime;
        return await db.AccountRequests.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == id && row.Kind == AccountRequestKind.Registration && row.SecretHash == hash && row.CreatedAt > oldest,
            cancellationToken);
    }

    private async Task<string> FreeSlugAsync(string business, CancellationToken cancellationToken)
    {
        var slug = Slug.Of(business);
        var taken = await db.SubAccounts.Where(subAccount => subAccount.Slug.StartsWith(slug)).Select(subAccount => subAccount.Slug)
            .ToHashSetAsync(cancellationToken);
        return Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? slug : $"{slug}-{number}")
            .First(candidate => !taken.Contains(candidate));
    }

    /// <summary>The content of a stored registration. Without a password hash the user chooses a password later, at a link.</summary>
    private sealed record RegistrationContent(string Name, string Business, string? PasswordHash, string? TimeZone);
}
