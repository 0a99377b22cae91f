using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

internal static class EraseFromLog
{
    /// <summary>
    /// SQLite: copies the write-ahead log into the file and empties it, so that it no longer has the pages from before the erasure. If a
    /// reader prevents it, the next checkpoint does.
    /// </summary>
    public static async Task OverwriteLogAsync(this IDbContextFactory<ZoomCalendarContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }
    }
}
