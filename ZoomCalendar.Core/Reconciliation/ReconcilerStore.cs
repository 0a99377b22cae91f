using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// The reconciler's database access: one context per unit of work, a limited number at once. SQLite blocks the calling thread while it
/// waits for the single writer, so hundreds of accounts at once would exhaust the thread pool. Thread-safe.
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

    /// <summary>Runs one transaction and saves tracked changes at its end. A null result rolls back.</summary>
    public Task<T?> WriteAsync<T>(Func<ZoomCalendarContext, Task<T?>> write, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync(db => db.WriteOnceAsync(() => write(db), result => result is not null, cancellationToken), cancellationToken);

    /// <summary>
    /// Changes a slot meeting that bookings change as well: first the entity as it was read, then, after a concurrent change, a fresh copy.
    /// </summary>
    /// <param name="seen">The entity as last read. Used for the first attempt only.</param>
    /// <param name="change">Makes the change and adds its events. Called again for each attempt.</param>
    /// <param name="cancellationToken">Cancels the attempts.</param>
    /// <returns>The changed entity; null if it no longer exists.</returns>
    public async Task<SlotMeeting?> ChangeAsync(
        SlotMeeting seen, Func<ZoomCalendarContext, SlotMeeting, Task> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var row = attempt == 1 ? seen : await ReadAsync(
                db => db.SlotMeetings.AsNoTracking().SingleOrDefaultAsync(other => other.Id == seen.Id, cancellationToken),
                cancellationToken);
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
                // A booking changed the row while the request was in flight.
            }
        }
    }

    private static int Width(IDbContextFactory<ZoomCalendarContext> contexts)
    {
        using var db = contexts.CreateDbContext();
        return db.Database.IsSqlite() ? OnSqlite : OnPostgreSql;
    }
}
