using Microsoft.Data.Sqlite;
using Npgsql;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Checks that the database can be used, before EF Core connects. EF Core would log a stack trace for every failed connection.
/// </summary>
public static class DatabaseProbe
{
    private const string SettingsHint = $"Database:Provider and ConnectionStrings:{DatabaseOptions.ConnectionStringName} "
        + $"(ConnectionStrings__{DatabaseOptions.ConnectionStringName}) say where the database is.";
    private const int SqliteBusy = 5;
    private const int SqliteNotADatabase = 26;

    /// <summary>
    /// Checks that the database accepts connections and, on SQLite, writes. A PostgreSQL database that does not exist yet is created later.
    /// </summary>
    public static Task CheckAsync(DatabaseOptions options, CancellationToken cancellationToken) =>
        options.Provider is DatabaseProvider.PostgreSql
        ? CheckPostgreSqlAsync(options.ConnectionString, cancellationToken)
        : CheckSqliteAsync(options.ConnectionString, cancellationToken);

    private static async Task CheckPostgreSqlAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var name = $"the PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";
        await using var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
        }
        catch (PostgresException exception)
        {
            throw new StartupException($"The server refused {name}: {exception.MessageText}. {SettingsHint}", exception);
        }
        catch (Exception exception) when (
            exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
        {
            throw new StartupException(
                $"No answer from {name}. Is the server running, and may this machine reach it? {SettingsHint}", exception);
        }
    }

    private static async Task CheckSqliteAsync(string connectionString, CancellationToken cancellationToken)
    {
        OwnerOnly.CloseDatabase(connectionString);
        var settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new SqliteConnection(settings.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            // Takes the write lock, and writes nothing.
            command.CommandText = "BEGIN IMMEDIATE; ROLLBACK;";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteBusy)
        {
            // Another writer holds the lock, so writing is possible.
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteNotADatabase)
        {
            throw new StartupException($"The file {settings.DataSource} is not a SQLite database. {SettingsHint}", exception);
        }
        catch (SqliteException exception)
        {
            throw new StartupException($"The SQLite file {settings.DataSource} cannot be opened for writing. "
                + $"Does its folder exist, and may this user write there? {SettingsHint}", exception);
        }
    }
}
