using Microsoft.Data.Sqlite;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>What an app keeps: a folder and a database, on SQLite a file in that folder. The same again is a restart, or another node.</summary>
internal sealed class AppData : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-");
    private readonly TestDatabase? _server;

    private AppData(TestDatabase? server)
    {
        _server = server;
        var options = server is null
            ? new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(Folder, "zoomcalendar.db")}" }
            : new DatabaseOptions { Provider = server.Provider, ConnectionString = server.ConnectionString };
        Database = TestDatabase.Open(options.Provider, options.ConnectionString);
        Settings = new Dictionary<string, string>
        {
            ["DataDirectory"] = Folder,
            [$"{DatabaseOptions.SectionName}:{nameof(DatabaseOptions.Provider)}"] = options.Provider.ToString(),
            [$"ConnectionStrings:{DatabaseOptions.ConnectionStringName}"] = options.ConnectionString,
        };
    }

    public string Folder => _folder.FullName;

    /// <summary>The test's own view of the database. On SQLite there is none before the app has started once.</summary>
    public TestDatabase Database { get; }

    /// <summary>By key, <c>Section:Key</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static Task<AppData> CreateAsync() => CreateAsync(DatabaseUnderTest.Provider);

    public static async Task<AppData> CreateAsync(DatabaseProvider provider) =>
        new(provider is DatabaseProvider.PostgreSql ? await TestDatabase.CreateAsync(provider) : null);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
