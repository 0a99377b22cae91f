using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>Stores open attempts to connect, so that the app can explain that an approval may be missing.</summary>
public sealed class ConnectAttempts(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Records that the user was sent to Zoom. A newer attempt replaces an older one.</summary>
    public Task StartAsync(SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, token) =>
            {
                await db.LockUsersAsync([user], token);
                if (
                    await db.ConnectAttempts.SingleOrDefaultAsync(
                        row => row.SubAccountId == subAccount && row.UserId == user, token) is { } attempt)
                {
                    attempt.StartedAt = now;
                }
                else if (await db.IsMemberAsync(subAccount, user, token))
                {
                    db.ConnectAttempts.Add(new ConnectAttempt { SubAccountId = subAccount, UserId = user, StartedAt = now });
                }

                return true;
            },
            cancellationToken);

    /// <summary>Ends the attempt at the callback, whatever its result.</summary>
    public async Task EndAsync(SubAccountId subAccount, UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ConnectAttempts.Where(row => row.SubAccountId == subAccount && row.UserId == user).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>When the user last started an attempt that is still open. Null: none in the last week.</summary>
    public async Task<DateTimeOffset?> OpenSinceAsync(
        SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - ConnectAttempt.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ConnectAttempts
            .Where(row => row.SubAccountId == subAccount && row.UserId == user && row.StartedAt > oldest)
            .Select(row => (DateTimeOffset?)row.StartedAt)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Deletes attempts older than a week.</summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - ConnectAttempt.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ConnectAttempts.Where(row => row.StartedAt <= oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
