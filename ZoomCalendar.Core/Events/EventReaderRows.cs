using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

internal static class EventReaderRows
{
    /// <summary>Whether there are events that the reader has not handled; asked each second, so it locks nothing.</summary>
    public static async Task<bool> HasNewsAsync(this ZoomCalendarContext db, string name, CancellationToken cancellationToken)
    {
        var reader = await db.EventReaders.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        var (position, missing) = (reader?.Position ?? 0, reader?.MissingIds ?? []);
        return await db.Events.AnyAsync(row => row.Id > position || missing.Contains(row.Id), cancellationToken);
    }

    /// <summary>
    /// The reader's row for the rest of the transaction. Null: another node is at it, which was woken by the same events, or there is no such row.
    /// On SQLite the transaction itself keeps others away.
    /// </summary>
    public static Task<EventReader?> TakeReaderAsync(this ZoomCalendarContext db, string name, CancellationToken cancellationToken) =>
        (db.Database.IsNpgsql()
            ? db.EventReaders.FromSql($"""SELECT * FROM event_readers WHERE "Name" = {name} FOR UPDATE SKIP LOCKED""")
            : db.EventReaders.Where(row => row.Name == name))
        .AsAsyncEnumerable().SingleOrDefaultAsync(cancellationToken).AsTask();
}
