using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ZoomCalendar.Core.Storage;

/// <summary>One use case, one transaction; begun again from the start if somebody else changed the same rows meanwhile.</summary>
internal static class Writing
{
    private const int MostAttempts = 5;
    private const int UniqueInSqlite = 19;

    public static async Task<T> WriteAsync<T>(
        this IDbContextFactory<ZoomCalendarContext> contexts, Func<ZoomCalendarContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                await using var transaction = await db.BeginWriteAsync(cancellationToken);
                var result = await work(db, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (DbUpdateException exception) when (attempt < MostAttempts && IsConflict(exception))
            {
            }
        }
    }

    // A row that changed under us, or one that two inserted at once.
    private static bool IsConflict(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException
        || exception.InnerException is SqliteException { SqliteErrorCode: UniqueInSqlite }
        || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
