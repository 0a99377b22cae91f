using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Migrates the database to the current schema before the app serves requests, and creates the installation id once. When several nodes
/// start at the same time, one migrates and the others wait. A database that a newer version has migrated is left unchanged: see
/// docs/adr/0010.
/// </summary>
public sealed class DatabaseMigrator(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Runs before the app serves requests.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsSqlite())
        {
            OwnerOnly.CloseDatabase(db.Database.GetConnectionString()!);
        }

        await using var alone = await StartupLock.AcquireAsync(contexts, cancellationToken);
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

    /// <summary>A random id of 12 hexadecimal characters.</summary>
    public static string NewInstallationId() => Guid.NewGuid().ToString("N")[..12];

    /// <summary>The database has migrations that this version does not contain. This version's hand-written SQL is then outdated.</summary>
    private static async Task<bool> IsNewerAsync(ZoomCalendarContext db, CancellationToken cancellationToken) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).Any();
}
