using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A passkey as its user sees it.</summary>
/// <param name="Id">The credential's id.</param>
/// <param name="LastUsedAt">The last sign-in or confirmation with it; null: none yet.</param>
public sealed record PasskeySummary(byte[] Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>
/// The passkeys of users: at most <see cref="MaxPerUser"/> for each, added and removed with a fresh proof. Whether a browser's answer is
/// genuine is checked before, by Identity.
/// </summary>
public sealed class Passkeys(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    public const int MaxPerUser = 10;
    public const int NameMaxLength = 60;

    /// <summary>In bytes. WebAuthn allows no longer ones.</summary>
    public const int MaxCredentialIdLength = 1_023;

    internal const string LastUsedAt = "LastUsedAt";

    private const string Gone = "This passkey was removed already.";

    /// <summary>The user's passkeys, oldest first.</summary>
    public async Task<IReadOnlyList<PasskeySummary>> ListAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Passkeys.AsNoTracking()
            .Where(row => row.UserId == user)
            .OrderBy(row => row.Data.CreatedAt)
            .Select(row => new PasskeySummary(
                row.CredentialId, row.Data.Name ?? "", row.Data.CreatedAt, EF.Property<DateTimeOffset?>(row, LastUsedAt)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The problem with a name, in a sentence that says what to do. Null: valid.</summary>
    public static string? NameProblem(string name) => StorableText.IsBlank(name) ? "Enter a name for the passkey."
        : StorableText.OneLine(name).Length > NameMaxLength ? $"Enter a name of at most {NameMaxLength} characters."
        : null;

    /// <summary>Adds a passkey. Needs a fresh proof.</summary>
    /// <param name="passkey">What Identity found in the browser's answer.</param>
    /// <param name="name">The user's name for it.</param>
    /// <param name="message">Tells the user. It is stored in the same transaction.</param>
    /// <param name="actor">Whose passkey it becomes.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<ChangeOutcome> AddAsync<TMessage>(
        UserPasskeyInfo passkey, string name, TMessage message, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
        where TMessage : class
    {
        var user = actor.UserId!.Value;
        var outcome = await contexts.ChangeAsync(signals, async db =>
        {
            if (await db.LacksProofAsync(actor, now, cancellationToken))
            {
                return ChangeOutcome.ProofNeeded();
            }

            if (NameProblem(name) is { } problem)
            {
                return ChangeOutcome.Invalid(problem);
            }

            // Serializes two additions, so that both cannot take the last place.
            await db.LockUsersAsync([user], cancellationToken);
            if (!actor.IsApp && await db.WhyNotAddSecondFactorAsync(user, actor.SessionId, cancellationToken) is { } reason)
            {
                return ChangeOutcome.Invalid(reason);
            }

            if (await db.Passkeys.CountAsync(row => row.UserId == user, cancellationToken) >= MaxPerUser)
            {
                return ChangeOutcome.Invalid(
                    $"You have {MaxPerUser} passkeys, which is the most. Remove one that you no longer use first.");
            }

            var row = new IdentityUserPasskey<UserId>
            {
                CredentialId = passkey.CredentialId,
                UserId = user,
                Data = new IdentityPasskeyData
                {
                    PublicKey = passkey.PublicKey,
                    Name = StorableText.OneLine(name),
                    CreatedAt = now,
                    SignCount = passkey.SignCount,
                    IsUserVerified = passkey.IsUserVerified,
                    IsBackupEligible = passkey.IsBackupEligible,
                    IsBackedUp = passkey.IsBackedUp,
                },
            };
            db.Passkeys.Add(row);
            db.Add(message);
            // The device verified the user.
            await db.NoteSecondFactorAsync(actor, cancellationToken);
            await AuditLog.AddAccountEventAsync(db, AuditKind.PasskeyAdded, user, row.Data.Name, now, cancellationToken);
            return ChangeOutcome.Done();
        }, cancellationToken);
        signals.MessagesDue.Wake();
        return outcome;
    }

    public Task<ChangeOutcome> RenameAsync(byte[] id, string name, Actor actor, CancellationToken cancellationToken) =>
        NameProblem(name) is { } problem
            ? Task.FromResult(ChangeOutcome.Invalid(problem))
            : contexts.ChangeAsync(signals, async db =>
            {
                if (await FindAsync(db, actor.UserId!.Value, id, cancellationToken) is not { } row)
                {
                    return ChangeOutcome.NotFound(Gone);
                }

                row.Data.Name = StorableText.OneLine(name);
                return ChangeOutcome.Done();
            }, cancellationToken);

    /// <summary>
    /// Removes a passkey, unless the user could not sign in without it, or it is the only second factor and a sub-account requires one. No
    /// other user's passkey is touched. Needs a fresh proof.
    /// </summary>
    public async Task<ChangeOutcome> RemoveAsync<TMessage>(
        byte[] id, TMessage message, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
        where TMessage : class
    {
        var user = actor.UserId!.Value;
        var outcome = await contexts.ChangeAsync(signals, async db =>
        {
            if (await db.LacksProofAsync(actor, now, cancellationToken))
            {
                return ChangeOutcome.ProofNeeded();
            }

            await db.LockUsersAsync([user], cancellationToken);
            if (await FindAsync(db, user, id, cancellationToken) is not { } row)
            {
                return ChangeOutcome.NotFound(Gone);
            }

            if (await db.CountWaysToSignInAsync(user, cancellationToken) < 2)
            {
                return ChangeOutcome.Invalid(AccountTexts.OnlyWayToSignIn);
            }

            if (await db.WhyNotRemoveSecondFactorAsync(user, 1, cancellationToken) is { } reason)
            {
                return ChangeOutcome.Invalid(reason);
            }

            db.Passkeys.Remove(row);
            db.Add(message);
            await AuditLog.AddAccountEventAsync(db, AuditKind.PasskeyRemoved, user, row.Data.Name ?? "", now, cancellationToken);
            return ChangeOutcome.Done();
        }, cancellationToken);
        signals.MessagesDue.Wake();
        return outcome;
    }

    /// <summary>Removes all passkeys of a user: for the operator, if the device that has them is lost.</summary>
    public async Task RemoveAllAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Passkeys.Where(row => row.UserId == user).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Notes that a passkey was used, with the new value of its counter.</summary>
    /// <returns>
    /// False: it was removed meanwhile, or its counter did not grow, so there may be a copy of it. Passkeys that several devices share do
    /// not count; their counter stays 0.
    /// </returns>
    public Task<bool> UseAsync(UserId user, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.WriteAsync(async (db, stop) =>
        {
            await db.LockUsersAsync([user], stop);
            if (await FindAsync(db, user, passkey.CredentialId, stop) is not { } row
                || (passkey.SignCount <= row.Data.SignCount && (passkey.SignCount, row.Data.SignCount) != (0, 0)))
            {
                return false;
            }

            (row.Data.SignCount, row.Data.IsBackedUp) = (passkey.SignCount, passkey.IsBackedUp);
            db.Entry(row).Property(LastUsedAt).CurrentValue = now;
            return true;
        }, cancellationToken);

    private static Task<IdentityUserPasskey<UserId>?> FindAsync(
        ZoomCalendarContext db, UserId user, byte[] id, CancellationToken cancellationToken) =>
        db.Passkeys.SingleOrDefaultAsync(row => row.CredentialId == id && row.UserId == user, cancellationToken);
}
