using Microsoft.Data.Sqlite;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// What an app keeps: a folder and a database, on SQLite a file in that folder. The same again is a restart, or another node.
/// </summary>
internal sealed class AppData : IAsyncDisposable
{
    private readonly TestDatabase? _server;
    private readonly bool _isOwned;

    private AppData(string folder, DatabaseOptions options, bool isOwned, TestDatabase? server = null)
    {
        (Folder, _isOwned, _server) = (folder, isOwned, server);
        Database = TestDatabase.Open(options.Provider, options.ConnectionString);
        Settings = new Dictionary<string, string>
        {
            ["DataDirectory"] = Folder,
            [$"{DatabaseOptions.SectionName}:{nameof(DatabaseOptions.Provider)}"] = options.Provider.ToString(),
            [$"ConnectionStrings:{DatabaseOptions.ConnectionStringName}"] = options.ConnectionString,
        };
    }

    public string Folder { get; }

    /// <summary>The test's own view of the database. On SQLite there is none before the app has started once.</summary>
    public TestDatabase Database { get; }

    /// <summary>By key, <c>Section:Key</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static Task<AppData> CreateAsync() => CreateAsync(DatabaseUnderTest.Provider);

    public static async Task<AppData> CreateAsync(DatabaseProvider provider)
    {
        var folder = Directory.CreateTempSubdirectory("zoomcalendar-").FullName;
        if (provider is DatabaseProvider.Sqlite)
        {
            return new AppData(folder, new DatabaseOptions
            {
                ConnectionString = $"Data Source={Path.Combine(folder, "zoomcalendar.db")}",
            }, isOwned: true);
        }

        var server = await TestDatabase.CreateAsync(provider);
        return new AppData(folder, new DatabaseOptions
        {
            Provider = provider,
            ConnectionString = server.ConnectionString,
        }, isOwned: true, server);
    }

    /// <summary>A folder and a database that somebody else keeps.</summary>
    public static AppData Of(string folder, DatabaseOptions database) => new(folder, database, isOwned: false);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_isOwned)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
