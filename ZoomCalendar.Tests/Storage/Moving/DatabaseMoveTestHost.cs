using Microsoft.Data.Sqlite;
using Npgsql;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage.Moving;

/// <summary>Empty databases to move into, gone at the end, and the moves themselves.</summary>
internal sealed class DatabaseMoveTestHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-moving-");
    private readonly List<string> _postgreSql = [];

    public string NewFile(string name = "moved.db") => Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}-{name}");

    public DatabaseOptions EmptyFile() => new() { Provider = DatabaseProvider.Sqlite, ConnectionString = $"Data Source={NewFile()}" };

    public async Task<DatabaseOptions> EmptyAsync(DatabaseProvider provider)
    {
        if (provider is DatabaseProvider.Sqlite)
        {
            return EmptyFile();
        }

        var connectionString = await (await PostgreSqlServer.SharedAsync()).NewEmptyDatabaseAsync();
        _postgreSql.Add(connectionString);
        return new DatabaseOptions { Provider = provider, ConnectionString = connectionString };
    }

    public static DatabaseOptions Of(TestDatabase database) =>
        new() { Provider = database.Provider, ConnectionString = database.ConnectionString };

    public static TestDatabase Open(DatabaseOptions database) => TestDatabase.Open(database.Provider, database.ConnectionString);

    /// <param name="from">This process's own connections to it are closed: the app is stopped.</param>
    /// <param name="to">Empty.</param>
    /// <param name="report">May throw.</param>
    public static async Task MoveAsync(DatabaseOptions from, DatabaseOptions to, Action<CopyProgress>? report = null)
    {
        Leave(from);
        await new DatabaseMove(report ?? (_ => { })).MoveAsync(from, to, TestTenant.Monday, CancellationToken.None);
    }

    public static void Leave(DatabaseOptions database)
    {
        if (database.Provider is DatabaseProvider.PostgreSql)
        {
            using var connection = new NpgsqlConnection(database.ConnectionString);
            NpgsqlConnection.ClearPool(connection);
            return;
        }

        SqliteConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connectionString in _postgreSql)
        {
            await (await PostgreSqlServer.SharedAsync()).DropAsync(connectionString);
        }

        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
