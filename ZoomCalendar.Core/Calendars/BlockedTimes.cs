using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A request to block a time of one user or one calendar.</summary>
public sealed record BlockRequest(UserId? User, CalendarId? Calendar, string Title, DateTimeOffset Start, DateTimeOffset End);

/// <summary>The blocked time, or the refusal with a message for the API's client.</summary>
public sealed record BlockOutcome(BlockedTime? Blocked, Refusal? Refusal, string Message)
{
    public static BlockOutcome Refused(Refusal refusal, string message) => new(null, refusal, message);
}

/// <summary>Blocked times for the API. The caller must check that the actor is an admin. Existing appointments are not changed.</summary>
public sealed class BlockedTimes(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The blocked times that overlap [from, to), of one user or calendar if given, ordered by start.</summary>
    public async Task<IReadOnlyList<BlockedTime>> ListAsync(
        SubAccountId subAccount,
        UserId? user,
        CalendarId? calendar,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.BlockedTimes.AsNoTracking()
            .Where(row => row.SubAccountId == subAccount && row.Start < to && row.End > from)
            .Where(row => (user == null || row.UserId == user) && (calendar == null || row.CalendarId == calendar))
            .OrderBy(row => row.Start)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Reads a blocked time. Null: there is none with this id in this sub-account.</summary>
    public async Task<BlockedTime?> FindAsync(Guid id, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.BlockedTimes.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == subAccount, cancellationToken);
    }

    /// <param name="id">Chosen by the caller, so that a repeated request creates one blocked time.</param>
    /// <param name="request">The time to block.</param>
    /// <param name="subAccount">The sub-account of the user or calendar.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public Task<BlockOutcome> CreateAsync(Guid id, BlockRequest request, SubAccountId subAccount, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, cancel) =>
            {
                if (await db.BlockedTimes.FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == subAccount, cancel) is { } known)
                {
                    return new BlockOutcome(known, null, "");
                }

                if (await RefuseAsync(db, request, subAccount, cancel) is { } refused)
                {
                    return refused;
                }

                var blocked = new BlockedTime
                {
                    Id = id,
                    SubAccountId = subAccount,
                    UserId = request.User,
                    CalendarId = request.Calendar,
                    Title = StorableText.OneLine(request.Title),
                    Start = request.Start.ToUniversalTime(),
                    End = request.End.ToUniversalTime(),
                };
                db.BlockedTimes.Add(blocked);
                return new BlockOutcome(blocked, null, "");
            },
            cancellationToken);

    /// <summary>Changes title and times. The user or calendar cannot change.</summary>
    public Task<BlockOutcome> ChangeAsync(
        Guid id,
        string? title,
        DateTimeOffset? start,
        DateTimeOffset? end,
        UserId? user,
        CalendarId? calendar,
        SubAccountId subAccount,
        CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, cancel) =>
            {
                var blocked = await db.BlockedTimes.FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == subAccount, cancel);
                if (blocked is null)
                {
                    return BlockOutcome.Refused(Refusal.NotFound, "Event not found");
                }

                if ((user is not null && user != blocked.UserId) || (calendar is not null && calendar != blocked.CalendarId))
                {
                    return BlockOutcome.Refused(
                        Refusal.Invalid, "A blocked time stays with its user or calendar. Delete it and block the other one's.");
                }

                var request = new BlockRequest(
                    blocked.UserId, blocked.CalendarId, title ?? blocked.Title, start ?? blocked.Start, end ?? blocked.End);
                if (request == new BlockRequest(blocked.UserId, blocked.CalendarId, blocked.Title, blocked.Start, blocked.End))
                {
                    return new BlockOutcome(blocked, null, "");
                }

                if (await RefuseAsync(db, request, subAccount, cancel) is { } refused)
                {
                    return refused;
                }

                (blocked.Title, blocked.Start, blocked.End) = (
                    StorableText.OneLine(request.Title), request.Start.ToUniversalTime(), request.End.ToUniversalTime());
                blocked.Version++;
                return new BlockOutcome(blocked, null, "");
            },
            cancellationToken);

    /// <summary>Deletes a blocked time. False: there is none with this id in this sub-account.</summary>
    public async Task<bool> DeleteAsync(Guid id, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.BlockedTimes
            .Where(row => row.Id == id && row.SubAccountId == subAccount)
            .ExecuteDeleteAsync(cancellationToken) == 1;
    }

    private static async Task<BlockOutcome?> RefuseAsync(
        ZoomCalendarContext db, BlockRequest request, SubAccountId subAccount, CancellationToken cancellationToken)
    {
        if (request.Title.Trim().Length > BlockedTime.TitleMaxLength)
        {
            return BlockOutcome.Refused(Refusal.Invalid, $"title must be shorter than or equal to {BlockedTime.TitleMaxLength} characters");
        }

        if (request.End <= request.Start || request.End - request.Start > Longest)
        {
            return BlockOutcome.Refused(Refusal.Invalid, "endTime must be after startTime, by at most a year");
        }

        if (request.User is { } user)
        {
            // The same lock that bookings take, so that a concurrent booking sees the blocked time.
            await db.LockUsersAsync([user], cancellationToken);
            return await db.Memberships.AnyAsync(row => row.SubAccountId == subAccount && row.UserId == user, cancellationToken)
                ? null
                : BlockOutcome.Refused(Refusal.NotFound, "User not found");
        }

        return await db.Calendars.AnyAsync(row => row.SubAccountId == subAccount && row.Id == request.Calendar, cancellationToken)
            ? null
            : BlockOutcome.Refused(Refusal.NotFound, "Calendar not found");
    }
}
