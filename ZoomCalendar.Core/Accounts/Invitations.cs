using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>An invitation that was not yet accepted.</summary>
public sealed record OpenInvitation(Guid Id, string Email, Role Role, DateTimeOffset ExpiresAt);

/// <summary>The invitation for the page behind its link.</summary>
public sealed record InvitationOffer(
    string SubAccountName, string SubAccountSlug, string Email, Role Role, string InvitedBy, bool EmailIsKnown);

/// <summary>
/// Invites people to a sub-account. The link is signed and contains a secret, of which only the hash is stored: neither the e-mail address
/// nor the database is enough to accept.
/// </summary>
public sealed class Invitations(IDbContextFactory<ZoomCalendarContext> contexts, IDataProtectionProvider protection, Signals signals)
{
    private const int SecretBytes = 32;
    private const string NoLongerUsable =
        "This invitation is no longer valid: it was accepted, withdrawn, or is older than seven days. Ask for a new one.";

    private readonly IDataProtector _protector = protection.CreateProtector("ZoomCalendar.Invitations");

    /// <param name="email">The address to invite.</param>
    /// <param name="role">The role of the new member. An admin is invited with a fresh proof.</param>
    /// <param name="message">Creates the message for the token of the link. It is stored in the same transaction, and nowhere else.</param>
    /// <param name="actor">The admin who invites, and the sub-account.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<ChangeOutcome> InviteAsync<TMessage>(
        string email, Role role, Func<string, TMessage> message, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
        where TMessage : class
    {
        if (!EmailAddress.IsValid(email))
        {
            return ChangeOutcome.Invalid(EmailAddress.Problem);
        }

        var address = EmailAddress.Clean(email);
        var (key, userKey) = (EmailAddress.Key(email), EmailAddress.UpperKey(email));

        var id = Guid.CreateVersion7(now);
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(SecretBytes));
        var outcome = await contexts.ChangeAsync(signals, async db =>
        {
            if (await CheckAdminAsync(db, actor, cancellationToken) is { } refused)
            {
                return refused;
            }

            // It gives the role to whoever reads that mailbox.
            if (role is Role.Admin && await db.LacksProofAsync(actor, now, cancellationToken))
            {
                return ChangeOutcome.ProofNeeded();
            }

            // Serializes two admins who invite the same address.
            await db.LockSubAccountAsync(actor.SubAccountId, cancellationToken);
            if (await db.Memberships.AnyAsync(
                row => row.SubAccountId == actor.SubAccountId
                    && db.Set<User>().Any(user => user.Id == row.UserId && user.NormalizedEmail == userKey), cancellationToken))
            {
                return ChangeOutcome.Invalid($"{address} is a member of this sub-account already.");
            }

            // A new invitation replaces an older one, so one link is valid at a time. The previous version writes no key.
            foreach (
                var older in await OpenOf(db, actor.SubAccountId, now)
                    .Where(row => row.NormalizedEmail == key || row.NormalizedEmail == null)
                    .ToListAsync(cancellationToken))
            {
                if (older.NormalizedEmail == key)
                {
                    older.Withdraw(now);
                }
            }

            db.Invitations.Add(new Invitation
            {
                Id = id,
                SubAccountId = actor.SubAccountId,
                Email = address,
                Role = role,
                InvitedBy = actor.UserId!.Value,
                SecretHash = Hash(secret),
                CreatedAt = now,
                ExpiresAt = now + Invitation.Lifetime,
            });
            db.Add(message(_protector.Protect($"{id:N}{secret}")));
            db.AddEvent(actor, EventKind.MembershipChanged, null, null, "Somebody was invited.", now);
            AuditLog.Add(db, AuditKind.MemberInvited, actor, role is Role.Admin ? "As an admin" : "As a user", now);
            return ChangeOutcome.Done();
        }, cancellationToken);
        signals.MessagesDue.Wake();
        return outcome;
    }

    /// <summary>The open invitations, newest first. Empty unless the actor is an admin.</summary>
    public async Task<IReadOnlyList<OpenInvitation>> ListAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CurrentRoleAsync(actor, cancellationToken) is Role.Admin
            ? await OpenOf(db, actor.SubAccountId, now)
                .OrderByDescending(row => row.CreatedAt)
                .Select(row => new OpenInvitation(row.Id, row.Email, row.Role, row.ExpiresAt))
                .ToListAsync(cancellationToken)
            : [];
    }

    /// <summary>Withdraws an open invitation. Admins only.</summary>
    public Task<ChangeOutcome> WithdrawAsync(Guid id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            if (await CheckAdminAsync(db, actor, cancellationToken) is { } refused)
            {
                return refused;
            }

            if (
                await OpenOf(db, actor.SubAccountId, now).SingleOrDefaultAsync(
                    row => row.Id == id, cancellationToken) is not { } invitation)
            {
                return ChangeOutcome.NotFound("This invitation was accepted or withdrawn already.");
            }

            invitation.Withdraw(now);
            AuditLog.Add(db, AuditKind.InvitationWithdrawn, actor, "", now);
            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <summary>Reads the invitation of a link. Null: the link is invalid or no longer usable.</summary>
    public async Task<InvitationOffer?> FindAsync(string? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindOpenAsync(db, token, now, cancellationToken) is not { } invitation)
        {
            return null;
        }

        var normalized = EmailAddress.UpperKey(invitation.Email);
        return await (
            from subAccount in db.SubAccounts
            where subAccount.Id == invitation.SubAccountId
            select new InvitationOffer(
                subAccount.Name,
                subAccount.Slug,
                invitation.Email,
                invitation.Role,
                db.Set<User>().Where(user => user.Id == invitation.InvitedBy).Select(user => user.Name).FirstOrDefault() ?? "",
                db.Set<User>().Any(user => user.NormalizedEmail == normalized)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the signed-in user a member. An invitation can be accepted once.</summary>
    public Task<ChangeOutcome> AcceptAsync(string? token, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            await db.LockUsersAsync([user], cancellationToken);
            if (await FindOpenAsync(db, token, now, cancellationToken) is not { } invitation)
            {
                return ChangeOutcome.NotFound(NoLongerUsable);
            }

            if (await db.Memberships.AnyAsync(row => row.SubAccountId == invitation.SubAccountId && row.UserId == user, cancellationToken))
            {
                return ChangeOutcome.Invalid("You are a member of this sub-account already.");
            }

            invitation.Accept(user, now);
            db.Memberships.Add(new Membership(invitation.SubAccountId, user, invitation.Role, now));
            db.AddEvent(
                new Actor(invitation.SubAccountId, user, invitation.Role),
                EventKind.MembershipChanged,
                user,
                null,
                "Joined the sub-account.",
                now);
            AuditLog.Add(
                db,
                AuditKind.MemberJoined,
                invitation.SubAccountId,
                user,
                invitation.Role is Role.Admin ? "As an admin, by an invitation" : "As a user, by an invitation",
                now);
            return ChangeOutcome.Done();
        }, cancellationToken);

    private static async Task<ChangeOutcome?> CheckAdminAsync(ZoomCalendarContext db, Actor actor, CancellationToken cancellationToken) =>
        await db.CurrentRoleAsync(actor, cancellationToken) switch
        {
            Role.Admin => null,
            null => ChangeOutcome.NotFound(AccountTexts.NoMember),
            _ => ChangeOutcome.Forbidden(AccountTexts.AdminsOnly),
        };

    private async Task<Invitation?> FindOpenAsync(
        ZoomCalendarContext db, string? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Unprotect(token) is not var (id, secret))
        {
            return null;
        }

        var invitation = await db.Invitations.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return invitation is not null && invitation.IsOpen(now)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(invitation.SecretHash), Encoding.ASCII.GetBytes(Hash(secret)))
            ? invitation
            : null;
    }

    private (Guid Id, string Secret)? Unprotect(string? token)
    {
        try
        {
            return token is { Length: > 0 and < 1_000 }
                && _protector.Unprotect(token) is { Length: > 32 } text
                && Guid.TryParseExact(text[..32], "N", out var id)
                ? (id, text[32..])
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IQueryable<Invitation> OpenOf(ZoomCalendarContext db, SubAccountId subAccount, DateTimeOffset now) =>
        db.Invitations.Where(
            row => row.SubAccountId == subAccount && row.AcceptedAt == null && row.WithdrawnAt == null && row.ExpiresAt > now);

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
