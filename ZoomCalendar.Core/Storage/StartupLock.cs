using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// What a node does before it serves (migrations, the first rows), one node at a time. Held by a session of its own, so a node that
/// dies lets go. On SQLite there is nothing to hold: its writers queue anyway.
/// </summary>
public sealed class StartupLock : IAsyncDisposable
{
    // Arbitrary, and the same for every version.
    private const long Key = 7_163_540_192;

    private readonly ZoomCalendarContext _db;

    private StartupLock(ZoomCalendarContext db) => _db = db;

    public static async Task<StartupLock> AcquireAsync(IDbContextFactory<ZoomCalendarContext> contexts, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            if (db.Database.IsNpgsql())
            {
                await DatabaseCreation.EnsureAsync(db, cancellationToken);
                await db.Database.OpenConnectionAsync(cancellationToken);
                // Waiting for the others may take as long as their migrations.
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
