using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Brings the database to the present schema before anything is served, and names the installation once. Of several nodes that start at once,
/// one works and the others wait. A database that a newer version has migrated is left as it is: see docs/adr/0010.
/// </summary>
public sealed class DatabaseMigrator(IDbContextFactory<ZoomCalendarContext> contexts)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var alone = await StartupLock.AcquireAsync(contexts, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await UnfinishedCopyCheck.EnsureNoneAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
        }

        if (!await IsNewerAsync(db, cancellationToken))
        {
            await HandWrittenSql.ApplyAsync(db, cancellationToken);
        }

        if (await db.Installations.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } installation)
        {
            UnfinishedCopyCheck.EnsureNotMoved(installation);
        }
        else
        {
            db.Installations.Add(new Installation { InstallationId = NewInstallationId() });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    public static string NewInstallationId() => Guid.NewGuid().ToString("N")[..12];

    /// <summary>There are migrations that this version does not know: its hand-written SQL is of yesterday.</summary>
    private static async Task<bool> IsNewerAsync(ZoomCalendarContext db, CancellationToken cancellationToken) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).Any();
}
