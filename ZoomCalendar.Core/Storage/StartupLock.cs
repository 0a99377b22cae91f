using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Lets one node at a time run its startup work (migrations, seed data). On PostgreSQL it is an advisory lock of its own session, so it is
/// released when the node dies. On SQLite it does nothing: writers are serialized anyway.
/// </summary>
public sealed class StartupLock : IAsyncDisposable
{
    // Arbitrary, but it must be the same in every version.
    private const long Key = 7_163_540_192;

    private readonly ZoomCalendarContext _db;

    private StartupLock(ZoomCalendarContext db) => _db = db;

    /// <summary>Waits for the lock, and creates the PostgreSQL database if it is missing. Dispose the lock to release it.</summary>
    public static async Task<StartupLock> AcquireAsync(IDbContextFactory<ZoomCalendarContext> contexts, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            if (db.Database.IsNpgsql())
            {
                await DatabaseCreation.EnsureAsync(db, cancellationToken);
                await db.Database.OpenConnectionAsync(cancellationToken);
                // The wait may last as long as another node's migrations.
                db.Database.SetCommandTimeout(TimeSpan.Zero);
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Key})", cancellationToken);
            }

            return new StartupLock(db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (_db)
        {
            if (_db.Database.IsNpgsql())
            {
                await _db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Key})");
                await _db.Database.CloseConnectionAsync();
                _db.Database.SetCommandTimeout((int?)null);
            }
        }
    }
}
