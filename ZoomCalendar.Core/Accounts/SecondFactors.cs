using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>By what a user can prove who they are.</summary>
/// <param name="HasPassword">Whether there is a password. Who signs in by a provider may have none.</param>
/// <param name="HasApp">Whether signing in by password asks for a code of an authenticator app.</param>
/// <param name="HasPasskey">Whether there is a passkey.</param>
/// <param name="HasProvider">Whether an account of an OpenID Connect provider is linked.</param>
public sealed record OwnFactors(bool HasPassword, bool HasApp, bool HasPasskey, bool HasProvider)
{
    /// <summary>A passkey verifies its user, and a provider is responsible for its own: each counts as two factors.</summary>
    public bool HasSecond => HasApp || HasPasskey || HasProvider;
}

/// <summary>Reads by what users can prove who they are. Thread-safe.</summary>
public sealed class SecondFactors(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>All false: there is no such user.</summary>
    public async Task<OwnFactors> OfAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FactorsOfAsync(user, cancellationToken);
    }

    /// <summary>The name of a sub-account that requires a second factor of the user; null: none does.</summary>
    public async Task<string?> RequiredByAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RequiredByAsync(user, cancellationToken);
    }

    /// <summary>
    /// Why a second factor cannot be added in this session, in a sentence; null: it can. Where one is
    /// required, a password alone must not be
    /// enough to add another one beside that of the owner.
    /// </summary>
    public async Task<string?> WhyNotAddAsync(UserId user, SessionId session, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WhyNotAddSecondFactorAsync(user, session, cancellationToken);
    }
}

internal static class SecondFactorQueries
{
    public const string UseYoursFirst =
        "You have a second factor, and did not sign in with it. Sign out and sign in with it, then you can add another one.";

    public static async Task<OwnFactors> FactorsOfAsync(this ZoomCalendarContext db, UserId user, CancellationToken cancellationToken) =>
        await db.Users.Where(row => row.Id == user).Select(row => new OwnFactors(
            row.PasswordHash != null,
            row.TwoFactorEnabled,
            db.Set<IdentityUserPasskey<UserId>>().Any(passkey => passkey.UserId == user),
            db.Set<IdentityUserLogin<UserId>>().Any(login => login.UserId == user)))
            .SingleOrDefaultAsync(cancellationToken) ?? new OwnFactors(false, false, false, false);

    public static Task<bool> HasSecondFactorAsync(
        this ZoomCalendarContext db, SessionId? session, UserId user, CancellationToken cancellationToken) =>
        db.Sessions.AnyAsync(row => row.Id == session && row.UserId == user && row.HasSecondFactor, cancellationToken);

    public static async Task<string?> WhyNotAddSecondFactorAsync(
        this ZoomCalendarContext db, UserId user, SessionId? session, CancellationToken cancellationToken) =>
        (await db.FactorsOfAsync(user, cancellationToken)).HasSecond
        && !await db.HasSecondFactorAsync(session, user, cancellationToken)
        && await db.RequiredByAsync(user, cancellationToken) is not null
            ? UseYoursFirst
            : null;

    /// <summary>
    /// Why passkeys or provider accounts cannot be removed, in a sentence; null: they can, or another
    /// second factor is left.
    /// </summary>
    /// <param name="db">A transaction that has locked the user.</param>
    /// <param name="user">Whose they are.</param>
    /// <param name="removed">How many of them are removed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<string?> WhyNotRemoveSecondFactorAsync(
        this ZoomCalendarContext db, UserId user, int removed, CancellationToken cancellationToken)
    {
        var left = await db.Users.CountAsync(row => row.Id == user && row.TwoFactorEnabled, cancellationToken)
            + await db.Passkeys.CountAsync(row => row.UserId == user, cancellationToken)
            + await db.UserLogins.CountAsync(row => row.UserId == user, cancellationToken)
            - removed;
        return left <= 0 && await db.RequiredByAsync(user, cancellationToken) is { } name
            ? $"{name} requires a second factor, and this is your only one. Add another one first: a passkey or an authenticator app."
            : null;
    }

    /// <summary>The name of a sub-account that requires a second factor of the user; null: none does.</summary>
    public static Task<string?> RequiredByAsync(this ZoomCalendarContext db, UserId user, CancellationToken cancellationToken) => (
        from membership in db.Memberships
        join subAccount in db.SubAccounts on membership.SubAccountId equals subAccount.Id
        where membership.UserId == user
            && (subAccount.SecondFactor == SecondFactorRule.Everybody
                || (subAccount.SecondFactor == SecondFactorRule.Admins && membership.Role == Role.Admin))
        orderby subAccount.Name
        select subAccount.Name).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The actor has just shown a second factor in this session, by adding it.</summary>
    public static Task NoteSecondFactorAsync(this ZoomCalendarContext db, Actor actor, CancellationToken cancellationToken)
    {
        var (session, user) = (actor.SessionId, actor.UserId);
        return db.Sessions.Where(row => row.Id == session && row.UserId == user)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.HasSecondFactor, true), cancellationToken);
    }
}
