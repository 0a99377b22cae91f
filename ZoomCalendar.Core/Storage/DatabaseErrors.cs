using Microsoft.Data.Sqlite;
using Npgsql;

namespace ZoomCalendar.Core.Storage;

/// <summary>Classifies database exceptions of both providers, including wrapped ones.</summary>
public static class DatabaseErrors
{
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintTrigger = 1811;
    private const int SqliteConstraintUnique = 2067;

    /// <summary>A primary key or unique index rejected the row.</summary>
    public static bool IsUniqueViolation(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintPrimaryKey or SqliteConstraintUnique,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    });

    /// <summary>A trigger or an exclusion constraint rejected the row: see <see cref="IHandWrittenSql"/>.</summary>
    public static bool IsExclusionViolation(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintTrigger,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.ExclusionViolation,
        _ => false,
    });

    /// <summary>
    /// The database aborted the transaction (deadlock, serialization failure). Nothing was written, so it can be retried. A lost connection
    /// is not included: the commit may have succeeded.
    /// </summary>
    public static bool IsTransactionAborted(Exception exception) => Causes(exception).Any(cause =>
        cause is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure });

    // EF Core wraps the provider's exception, and its execution strategy may wrap it a second time.
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
