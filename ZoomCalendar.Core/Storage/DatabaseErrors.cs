using Microsoft.Data.Sqlite;
using Npgsql;

namespace ZoomCalendar.Core.Storage;

internal static class DatabaseErrors
{
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintTrigger = 1811;
    private const int SqliteConstraintUnique = 2067;

    public static bool IsUniqueViolation(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintPrimaryKey or SqliteConstraintUnique,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    });

    /// <summary>A trigger or exclusion constraint refused the row: see <see cref="IHandWrittenSql"/>.</summary>
    public static bool IsExclusionViolation(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintTrigger,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.ExclusionViolation,
        _ => false,
    });

    /// <summary>
    /// The database gave the transaction up to let another one go on: nothing of it happened, so it may be tried again.
    /// A lost connection is not among these: the commit may have arrived.
    /// </summary>
    public static bool IsTransactionAborted(Exception exception) => Causes(exception).Any(cause =>
        cause is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure });

    // EF Core wraps: twice where its execution strategy adds advice.
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
