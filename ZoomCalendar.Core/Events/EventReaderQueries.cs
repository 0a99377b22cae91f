using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

internal static class EventReaderQueries
{
    /// <summary>Whether there are events that the reader has not handled; asked each second, so it locks nothing.</summary>
    public static async Task<bool> HasUnreadEventsAsync(this ZoomCalendarContext db, string name, CancellationToken cancellationToken)
    {
        var reader = await db.EventReaders.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        return await db.Events.UnreadBy(reader).AnyAsync(cancellationToken);
    }

    /// <summary>What came after the reader's position, and what was missing before it: one range of ids, so that it is found by the key whatever the planner makes of the rest.</summary>
    public static IQueryable<Event> UnreadBy(this IQueryable<Event> events, EventReader? reader)
    {
        var (position, missing) = (reader?.Position ?? 0, reader?.MissingIds ?? []);
        var lowest = missing.Append(position + 1).Min();
        return events.Where(row => row.Id >= lowest && (row.Id > position || missing.Contains(row.Id)));
    }

    /// <summary>
    /// The reader's row for the rest of the transaction. Null: another node is at it, which was woken by the same events, or there is no such row.
    /// On SQLite the transaction itself keeps others away.
    /// </summary>
    public static Task<EventReader?> LockReaderAsync(this ZoomCalendarContext db, string name, CancellationToken cancellationToken) =>
        (db.Database.IsNpgsql()
            ? db.EventReaders.FromSql($"""SELECT * FROM event_readers WHERE "Name" = {name} FOR UPDATE SKIP LOCKED""")
            : db.EventReaders.Where(row => row.Name == name))
        .AsAsyncEnumerable().SingleOrDefaultAsync(cancellationToken).AsTask();
}
