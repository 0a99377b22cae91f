using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

/// <summary>Queries for readers of events.</summary>
internal static class EventReaderQueries
{
    /// <summary>True if there are events that the reader has not handled. It takes no locks, because it is called each second.</summary>
    public static async Task<bool> HasUnreadEventsAsync(this ZoomCalendarContext db, string name, CancellationToken cancellationToken)
    {
        var reader = await db.EventReaders.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        return await db.Events.UnreadBy(reader).AnyAsync(cancellationToken);
    }

    /// <summary>
    /// Events after the reader's position, and the missing ids before it. The range condition on the id lets the database use the primary
    /// key.
    /// </summary>
    public static IQueryable<Event> UnreadBy(this IQueryable<Event> events, EventReader? reader)
    {
        var (position, missing) = (reader?.Position ?? 0, reader?.MissingIds ?? []);
        var lowest = missing.Append(position + 1).Min();
        return events.Where(row => row.Id >= lowest && (row.Id > position || missing.Contains(row.Id)));
    }

    /// <summary>
    /// Locks the reader's row until the end of the transaction. Null: another node holds the lock, or there is no such row. On SQLite the
    /// transaction itself is the lock.
    /// </summary>
    public static Task<EventReader?> LockReaderAsync(this ZoomCalendarContext db, string name, CancellationToken cancellationToken) =>
        (db.Database.IsNpgsql()
            ? db.EventReaders.FromSql($"""SELECT * FROM event_readers WHERE "Name" = {name} FOR UPDATE SKIP LOCKED""")
            : db.EventReaders.Where(row => row.Name == name))
        .AsAsyncEnumerable().SingleOrDefaultAsync(cancellationToken).AsTask();
}
