using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Translates database errors into sentences for the operator.</summary>
internal static class CopyErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteCannotOpen = 14;
    private const int SqliteConstraint = 19;
    private const int SqliteNotADatabase = 26;

    public static DatabaseMoveException OfOpening(string name, DbException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            new(
                DatabaseMoveFailure.Unreachable,
                $"There is no such database: {name}. Make it first (createdb), then try again.",
                exception),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            new(DatabaseMoveFailure.Unreachable, $"The server refused this user and password for {name}.", exception),
        PostgresException refused => new(DatabaseMoveFailure.Unreachable, $"The server refused {name}: {refused.MessageText}.", exception),
        NpgsqlException =>
            new(
                DatabaseMoveFailure.Unreachable,
                $"No answer from {name}. Is the server running, and may this machine reach it?",
                exception),
        _ => Of(name, exception),
    };

    public static DatabaseMoveException Of(string name, DbException exception) => exception switch
    {
        // Rows that conflict with those of an earlier attempt. Class 23 of PostgreSQL is integrity violations.
        SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: ['2', '3', ..] } => new(
            DatabaseMoveFailure.Different,
            $"A row does not fit into {name}: {(exception as PostgresException)?.MessageText ?? exception.Message}. "
                + "If the source was used between two attempts, empty the target and begin again; the source is untouched.",
            exception),
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => InUse(name, exception),
        SqliteException { SqliteErrorCode: SqliteCannotOpen } =>
            new(
                DatabaseMoveFailure.Unreachable,
                $"It cannot be opened: {name}. Does its folder exist, and may this user write there?",
                exception),
        SqliteException { SqliteErrorCode: SqliteNotADatabase } =>
            new(DatabaseMoveFailure.Address, $"It is not a database: {name}.", exception),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => InUse(name, exception),
        PostgresException refused =>
            new(DatabaseMoveFailure.Unreachable, $"The server refused a statement on {name}: {refused.MessageText}.", exception),
        SqliteException refused =>
            new(DatabaseMoveFailure.Unreachable, $"SQLite refused a statement on {name}: {refused.Message}", exception),
        _ =>
            new(
                DatabaseMoveFailure.Unreachable,
                $"The connection broke: {name}. Run the same command again; it goes on where it stopped.",
                exception),
    };

    public static DatabaseMoveException InUse(string name, Exception? exception = null) =>
        new(
            DatabaseMoveFailure.InUse,
            $"Somebody works on {name}. Stop the app on every machine, close other tools, then try again.",
            exception);
}
