using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// The reconciler's way to the database: one context per unit of work, few of them at once. SQLite's calls block their thread while they wait
/// for the one writer, so hundreds of accounts asking at once would take every thread of the process.
/// </summary>
internal sealed class ReconcilerStore(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int OnSqlite = 2;
    private const int OnPostgreSql = 16;
    private const int MaxAttempts = 20;

    private readonly SemaphoreSlim _gate = new(Width(contexts));

    public async Task<T> ReadAsync<T>(Func<ZoomCalendarContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await read(db);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One transaction; what is tracked is saved at its end. Null rolls back.</summary>
    public Task<T?> WriteAsync<T>(Func<ZoomCalendarContext, Task<T?>> write, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync(db => db.WriteOnceAsync(() => write(db), result => result is not null, cancellationToken), cancellationToken);

    /// <summary>
    /// Changes a row that bookings change as well: first on the row as it was read, then, if somebody was faster, on the row as it is now.
    /// </summary>
    /// <param name="seen">The row as it was last read; used once.</param>
    /// <param name="change">Says what happened, for the events; may be called again on a fresher row.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public async Task<SlotMeeting?> ChangeAsync(SlotMeeting seen, Func<ZoomCalendarContext, SlotMeeting, Task> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var row = attempt == 1 ? seen : await ReadAsync(db => db.SlotMeetings.AsNoTracking().SingleOrDefaultAsync(other => other.Id == seen.Id, cancellationToken), cancellationToken);
            if (row is null)
            {
                return null;
            }

            try
            {
                return await WriteAsync(
                    async db =>
                    {
                        db.Attach(row);
                        await change(db, row);
                        return row;
                    },
                    cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MaxAttempts)
            {
                // The wish changed while the request was on its way.
            }
        }
    }

    private static int Width(IDbContextFactory<ZoomCalendarContext> contexts)
    {
        using var db = contexts.CreateDbContext();
        return db.Database.IsSqlite() ? OnSqlite : OnPostgreSql;
    }
}
