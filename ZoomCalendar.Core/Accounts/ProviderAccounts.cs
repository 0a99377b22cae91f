using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Accounts of an OpenID Connect provider that sign users in. A person is found by issuer and subject, never by an address alone, unless
/// the operator trusts the provider for addresses.
/// </summary>
public sealed class ProviderAccounts(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    private const string OfSomebodyElse = "This account of the provider signs in somebody else here. Nothing was linked.";
    private const string AnotherIsLinked = "Another account of this provider is linked. Unlink it first.";

    /// <summary>Finds or makes the user who signs in, and the memberships that invitations and the provider's claims give.</summary>
    /// <param name="identity">Who it is.</param>
    /// <param name="linksByEmail">Whether an account with the verified address is linked.</param>
    /// <param name="linked">Creates the message to a user whose account was linked; it is stored in the same transaction.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<ProviderSignIn> SignInAsync<TMessage>(
        ProviderIdentity identity,
        bool linksByEmail,
        Func<string, TMessage> linked,
        DateTimeOffset now,
        CancellationToken cancellationToken)
        where TMessage : class
    {
        var outcome = await contexts.WriteAsync(async (db, stop) =>
        {
            if (await OwnerAsync(db, identity, stop) is { } owner)
            {
                await JoinAsync(db, owner, await ClaimedAsync(db, identity, stop), identity.Role, now, stop);
                return new ProviderSignIn(ProviderSignInResult.Known, owner);
            }

            if (identity.VerifiedEmail is not { } email)
            {
                return new ProviderSignIn(ProviderSignInResult.Unverified, null);
            }

            var key = EmailAddress.UpperKey(email);
            return await db.Users.SingleOrDefaultAsync(row => row.NormalizedEmail == key, stop) is { } user
                ? await LinkByEmailAsync(db, user, identity, linksByEmail, linked, now, stop)
                : await CreateAsync(db, identity, email, now, stop);
        }, cancellationToken);
        signals.Committed();
        signals.MessagesDue.Wake();
        return outcome;
    }

    /// <summary>Whether an account of a provider signs the user in.</summary>
    public async Task<bool> IsLinkedAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserLogins.AnyAsync(row => row.UserId == user, cancellationToken);
    }

    /// <summary>Links an account of the provider with the signed-in user's: one of each provider. Needs a fresh proof.</summary>
    public async Task<ChangeOutcome> LinkAsync<TMessage>(
        ProviderIdentity identity, TMessage message, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
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
            if (await OwnerAsync(db, identity, cancellationToken) is { } owner)
            {
                return owner == user ? ChangeOutcome.Done() : ChangeOutcome.Invalid(OfSomebodyElse);
            }

            if (await db.UserLogins.AnyAsync(row => row.UserId == user && row.LoginProvider == identity.Issuer, cancellationToken))
            {
                return ChangeOutcome.Invalid(AnotherIsLinked);
            }

            if (!actor.IsApp && await db.WhyNotAddSecondFactorAsync(user, actor.SessionId, cancellationToken) is { } reason)
            {
                return ChangeOutcome.Invalid(reason);
            }

            Link(db, user, identity);
            db.Add(message);
            // The provider has just signed the user in.
            await db.NoteSecondFactorAsync(actor, cancellationToken);
            await AuditLog.AddAccountEventAsync(db, AuditKind.OpenIdConnectAdded, user, identity.Issuer, now, cancellationToken);
            return ChangeOutcome.Done();
        }, cancellationToken);
        signals.MessagesDue.Wake();
        return outcome;
    }

    /// <summary>
    /// Unlinks the user's accounts of providers, unless the user could not sign in without them, or they are the only second factor and a
    /// sub-account requires one. Needs a fresh proof.
    /// </summary>
    public async Task<ChangeOutcome> UnlinkAsync<TMessage>(
        TMessage message, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
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
            var logins = await db.UserLogins.Where(row => row.UserId == user).ToListAsync(cancellationToken);
            if (logins.Count == 0)
            {
                return ChangeOutcome.NotFound("It was unlinked already.");
            }

            if (await db.CountWaysToSignInAsync(user, cancellationToken) == logins.Count)
            {
                return ChangeOutcome.Invalid(AccountTexts.OnlyWayToSignIn);
            }

            if (await db.WhyNotRemoveSecondFactorAsync(user, logins.Count, cancellationToken) is { } reason)
            {
                return ChangeOutcome.Invalid(reason);
            }

            db.UserLogins.RemoveRange(logins);
            db.Add(message);
            await AuditLog.AddAccountEventAsync(db, AuditKind.OpenIdConnectRemoved, user, logins[0].LoginProvider, now, cancellationToken);
            return ChangeOutcome.Done();
        }, cancellationToken);
        signals.MessagesDue.Wake();
        return outcome;
    }

    private static async Task<UserId?> OwnerAsync(ZoomCalendarContext db, ProviderIdentity identity, CancellationToken cancellationToken) =>
        await db.UserLogins
            .Where(row => row.LoginProvider == identity.Issuer && row.ProviderKey == identity.Subject)
            .Select(row => (UserId?)row.UserId)
            .SingleOrDefaultAsync(cancellationToken);

    private static void Link(ZoomCalendarContext db, UserId user, ProviderIdentity identity) => db.UserLogins.Add(
        new IdentityUserLogin<UserId> { LoginProvider = identity.Issuer, ProviderKey = identity.Subject, UserId = user });

    private static async Task<ProviderSignIn> LinkByEmailAsync<TMessage>(
        ZoomCalendarContext db,
        User user,
        ProviderIdentity identity,
        bool linksByEmail,
        Func<string, TMessage> linked,
        DateTimeOffset now,
        CancellationToken cancellationToken)
        where TMessage : class
    {
        await db.LockUsersAsync([user.Id], cancellationToken);
        // Whose other account of this provider is linked may be somebody who had the address before.
        if (!linksByEmail
            || await db.UserLogins.AnyAsync(row => row.UserId == user.Id && row.LoginProvider == identity.Issuer, cancellationToken))
        {
            return new ProviderSignIn(ProviderSignInResult.Unknown, null);
        }

        Link(db, user.Id, identity);
        db.Add(linked(user.Email!));
        await AuditLog.AddAccountEventAsync(db, AuditKind.OpenIdConnectAdded, user.Id, identity.Issuer, now, cancellationToken);
        await JoinAsync(db, user.Id, await ClaimedAsync(db, identity, cancellationToken), identity.Role, now, cancellationToken);
        return new ProviderSignIn(ProviderSignInResult.Linked, user.Id);
    }

    private static async Task<ProviderSignIn> CreateAsync(
        ZoomCalendarContext db, ProviderIdentity identity, string email, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = EmailAddress.Key(email);
        var invitations = await db.Invitations
            .Where(row => row.NormalizedEmail == key && row.AcceptedAt == null && row.WithdrawnAt == null && row.ExpiresAt > now)
            .ToListAsync(cancellationToken);
        var claimed = await ClaimedAsync(db, identity, cancellationToken);
        if (invitations.Count == 0 && claimed.Count == 0)
        {
            return new ProviderSignIn(ProviderSignInResult.Unknown, null);
        }

        var user = NewUser(identity, email, now);
        db.Users.Add(user);
        Link(db, user.Id, identity);
        foreach (var invitation in invitations)
        {
            invitation.Accept(user.Id, now);
            Join(db, user.Id, invitation.SubAccountId, invitation.Role, now);
        }

        // An admin's invitation counts more than what the provider says.
        await JoinAsync(
            db, user.Id, claimed.Except(invitations.Select(row => row.SubAccountId)), identity.Role, now, cancellationToken);
        user.LastSubAccountId = invitations.Select(row => (SubAccountId?)row.SubAccountId).FirstOrDefault() ?? claimed[0];
        return new ProviderSignIn(ProviderSignInResult.Created, user.Id);
    }

    private static User NewUser(ProviderIdentity identity, string email, DateTimeOffset now)
    {
        var name = StorableText.OneLine(StorableText.IsBlank(identity.Name ?? "") ? email.Split('@')[0] : identity.Name!);
        return new User
        {
            Id = UserId.New(now),
            Name = StorableText.Shorten(name, User.NameMaxLength),
            UserName = email,
            NormalizedUserName = EmailAddress.UpperKey(email),
            Email = email,
            NormalizedEmail = EmailAddress.UpperKey(email),
            EmailConfirmed = true,
            SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
            ConcurrencyStamp = Guid.NewGuid().ToString(),
            TimeZone = identity.TimeZone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null ? zone : "Etc/UTC",
        };
    }

    private static async Task<List<SubAccountId>> ClaimedAsync(
        ZoomCalendarContext db, ProviderIdentity identity, CancellationToken cancellationToken) =>
        identity.SubAccounts.Count == 0
            ? []
            : await db.SubAccounts.Where(row => identity.SubAccounts.Contains(row.Slug)).OrderBy(row => row.Slug).Select(row => row.Id)
                .ToListAsync(cancellationToken);

    /// <summary>Adds what is missing. A member keeps the role that an admin here gave.</summary>
    private static async Task JoinAsync(
        ZoomCalendarContext db,
        UserId user,
        IEnumerable<SubAccountId> subAccounts,
        Role role,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var present = await db.Memberships.Where(row => row.UserId == user).Select(row => row.SubAccountId).ToListAsync(cancellationToken);
        foreach (var missing in subAccounts.Except(present))
        {
            Join(db, user, missing, role, now);
        }
    }

    private static void Join(ZoomCalendarContext db, UserId user, SubAccountId subAccount, Role role, DateTimeOffset now)
    {
        db.Memberships.Add(new Membership(subAccount, user, role, now));
        db.AddEvent(new Actor(subAccount, user, role), EventKind.MembershipChanged, user, null, "Joined the sub-account.", now);
        AuditLog.Add(db, AuditKind.MemberJoined, subAccount, user, "", now);
    }
}
