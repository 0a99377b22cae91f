using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A session as its user sees it.</summary>
/// <param name="Device">The browser's User-Agent header.</param>
/// <param name="Address">The IP address of the sign-in.</param>
public sealed record SessionSummary(
    SessionId Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>A valid session in use.</summary>
/// <param name="Clock">How times of day are written for its user; null: as the browser's language does.</param>
public sealed record SessionInUse(ClockFormat? Clock);

/// <summary>What the user of a session has proved.</summary>
/// <param name="IsFresh">Whether a proof was given at most ten minutes ago.</param>
/// <param name="HasSecondFactor">Whether a second factor was given in this session.</param>
/// <param name="IsRemembered">Whether the cookie outlives the browser.</param>
public sealed record ProvenSession(bool IsFresh, bool HasSecondFactor, bool IsRemembered);

/// <summary>The sessions of users. Deleting the row ends the session: with the next request, and in open pages within seconds.</summary>
public sealed class Sessions(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    public async Task<SessionId> StartAsync(
        UserId user,
        string device,
        string address,
        bool isRemembered,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        SignInProof proof = SignInProof.None)
    {
        var session = new Session
        {
            Id = SessionId.New(now),
            UserId = user,
            Device = StorableText.Shorten(StorableText.OneLine(device), Session.DeviceMaxLength),
            Address = StorableText.Shorten(address, Session.AddressMaxLength),
            IsRemembered = isRemembered,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Session.LifetimeOf(isRemembered),
            ProvenAt = proof is SignInProof.None ? null : now,
            HasSecondFactor = proof is SignInProof.TwoFactors,
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>What a request needs of its session; null if the session is no longer valid. Notes its use once a minute.</summary>
    public async Task<SessionInUse?> UseAsync(SessionId id, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var session = await db.Sessions
            .Where(row => row.Id == id && row.UserId == user && row.ExpiresAt > now)
            .Select(row => new
            {
                row.LastSeenAt,
                row.IsRemembered,
                Clock = db.Set<User>().Where(found => found.Id == user).Select(found => found.Clock).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (session is null)
        {
            return null;
        }

        if (now - session.LastSeenAt >= UseIsNotedEvery)
        {
            await NoteUseAsync(db.Sessions.Where(row => row.Id == id), session.IsRemembered, now, cancellationToken);
        }

        return new SessionInUse(session.Clock);
    }

    /// <summary>Which of the sessions of open pages still exist. An open page keeps its session from expiring.</summary>
    public async Task<IReadOnlySet<SessionId>> KeepAsync(
        IReadOnlyCollection<SessionId> open, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (live, before) = (new HashSet<SessionId>(), now - UseIsNotedEvery);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var part in open.Chunk(500))
        {
            var rows = await db.Sessions.AsNoTracking().Where(row => part.Contains(row.Id))
                .Select(row => new { row.Id, row.IsRemembered, row.LastSeenAt }).ToListAsync(cancellationToken);
            live.UnionWith(rows.Select(row => row.Id));
            foreach (var due in rows.Where(row => row.LastSeenAt <= before).GroupBy(row => row.IsRemembered))
            {
                var ids = due.Select(row => row.Id).ToList();
                await NoteUseAsync(db.Sessions.Where(row => ids.Contains(row.Id)), due.Key, now, cancellationToken);
            }
        }

        return live;
    }

    /// <summary>The user's sessions, the one used last first.</summary>
    public async Task<IReadOnlyList<SessionSummary>> ListAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.AsNoTracking()
            .Where(row => row.UserId == user && row.ExpiresAt > now)
            .OrderByDescending(row => row.LastSeenAt)
            .Select(row => new SessionSummary(row.Id, row.Device, row.Address, row.CreatedAt, row.LastSeenAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What the session's user has proved; null: there is no such session.</summary>
    public async Task<ProvenSession?> ProofAsync(SessionId id, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - FreshProof.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.Where(row => row.Id == id && row.UserId == user)
            .Select(row => new ProvenSession(row.ProvenAt > oldest, row.HasSecondFactor, row.IsRemembered))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Notes that the user has just proved who they are, also in the audit log.</summary>
    /// <param name="id">The session in which they did.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="isSecondFactor">The proof is a passkey, which the session may not have had yet. Otherwise a password.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Before anything is noted.</param>
    public Task NoteProofAsync(
        SessionId id, UserId user, bool isSecondFactor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, stop) =>
            {
                var proven = await db.Sessions.Where(row => row.Id == id && row.UserId == user).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.ProvenAt, now)
                        .SetProperty(row => row.HasSecondFactor, row => row.HasSecondFactor || isSecondFactor),
                    stop);
                if (proven > 0)
                {
                    await AuditLog.AddAccountEventAsync(
                        db, AuditKind.ProofRenewed, user, isSecondFactor ? "by a passkey" : "by password", now, stop);
                }

                return proven > 0;
            },
            cancellationToken);

    /// <summary>Refused if the actor has to give a fresh proof, for a screen that asks before it begins something longer.</summary>
    public async Task<ChangeOutcome> CheckProofAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.LacksProofAsync(actor, now, cancellationToken) ? ChangeOutcome.ProofNeeded() : ChangeOutcome.Done();
    }

    /// <summary>Signs the actor out on another device. Needs a fresh proof.</summary>
    public Task<ChangeOutcome> SignOutAsync(SessionId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        SignOutAsync(rows => rows.Where(row => row.Id == id && row.UserId == actor.UserId), actor, now, cancellationToken);

    /// <summary>Signs the actor out on all other devices. Needs a fresh proof.</summary>
    public Task<ChangeOutcome> SignOutOthersAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        SignOutAsync(rows => rows.Where(row => row.UserId == actor.UserId && row.Id != actor.SessionId), actor, now, cancellationToken);

    /// <summary>Ends one session of the user. A session of somebody else is not touched.</summary>
    public Task EndAsync(SessionId id, UserId user, CancellationToken cancellationToken) =>
        EndAsync(rows => rows.Where(row => row.Id == id && row.UserId == user), cancellationToken);

    /// <summary>Ends all sessions of the user but one.</summary>
    /// <param name="user">Whose sessions end.</param>
    /// <param name="kept">The session that goes on; null: none.</param>
    /// <param name="cancellationToken">Before anything is ended.</param>
    public Task EndAllAsync(UserId user, SessionId? kept, CancellationToken cancellationToken) =>
        EndAsync(rows => rows.Where(row => row.UserId == user && (kept == null || row.Id != kept)), cancellationToken);

    public async Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task NoteUseAsync(
        IQueryable<Session> sessions, bool isRemembered, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expiry = now + Session.LifetimeOf(isRemembered);
        return sessions.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LastSeenAt, now).SetProperty(row => row.ExpiresAt, expiry), cancellationToken);
    }

    private Task<ChangeOutcome> SignOutAsync(
        Func<IQueryable<Session>, IQueryable<Session>> which, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, stop) =>
            {
                if (await db.LacksProofAsync(actor, now, stop))
                {
                    return ChangeOutcome.ProofNeeded();
                }

                var ended = await which(db.Sessions).ExecuteDeleteAsync(stop);
                if (ended > 0 && actor.UserId is { } user)
                {
                    await AuditLog.AddAccountEventAsync(
                        db, AuditKind.SessionEnded, user, ended == 1 ? "1 session" : $"{ended} sessions", now, stop);
                }

                return ChangeOutcome.Done();
            },
            cancellationToken);

    // The pages of the sessions find out by themselves, in each process.
    private async Task EndAsync(Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await which(db.Sessions).ExecuteDeleteAsync(cancellationToken);
    }
}
