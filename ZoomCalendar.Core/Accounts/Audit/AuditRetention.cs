using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>Deletes entries whose retention is over.</summary>
public sealed class AuditRetention(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int Batch = 500;

    // The database compares with its own clock.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>Deletes at most one batch.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> RemoveOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - AuditEntry.Retention - ClockTolerance;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.AuditEntries.Where(entry => entry.At < oldest).OrderBy(entry => entry.At).Take(Batch)
            .Select(entry => entry.Id).ToListAsync(cancellationToken);
        return ids.Count == 0 ? 0 : await db.AuditEntries.Where(entry => ids.Contains(entry.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
