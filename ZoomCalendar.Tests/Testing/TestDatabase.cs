using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>A real database of its own, migrated, gone at the end: a SQLite file, or a database on the run's PostgreSQL server.</summary>
internal sealed class TestDatabase : IDbContextFactory<ZoomCalendarContext>, IAsyncDisposable
{
    private readonly Func<ZoomCalendarContext> _open;
    private readonly bool _isOwned;

    private TestDatabase(DatabaseProvider provider, string connectionString, bool isOwned, IInterceptor[] interceptors)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _isOwned = isOwned;
        _open = provider is DatabaseProvider.PostgreSql
            ? Opener<PostgreSqlContext>(
                builder => builder.UseNpgsql(connectionString), interceptors, options => new PostgreSqlContext(options))
            : Opener<SqliteContext>(
                builder => StorageRegistration.UseSqlite(builder, connectionString), interceptors, options => new SqliteContext(options));
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public static Task<TestDatabase> CreateAsync(params IInterceptor[] interceptors) =>
        CreateAsync(DatabaseUnderTest.Provider, interceptors);

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, params IInterceptor[] interceptors)
    {
        var connectionString = provider is DatabaseProvider.PostgreSql
            ? await (await PostgreSqlServer.SharedAsync()).NewDatabaseAsync()
            : await SqliteTemplate.NewDatabaseAsync();
        var database = new TestDatabase(provider, connectionString, isOwned: true, interceptors);
        // A copy is an installation of its own.
        await database.WriteAsync(async db => (await db.Installations.SingleAsync()).InstallationId = DatabaseMigrator.NewInstallationId());
        return database;
    }

    /// <summary>Somebody else's database, another process's view of it say.</summary>
    public static TestDatabase Open(DatabaseProvider provider, string connectionString, params IInterceptor[] interceptors) =>
        new(provider, connectionString, isOwned: false, interceptors);

    public ZoomCalendarContext CreateDbContext() => _open();

    public async Task<T> ReadAsync<T>(Func<ZoomCalendarContext, Task<T>> query)
    {
        await using var db = CreateDbContext();
        return await query(db);
    }

    public async Task WriteAsync(Func<ZoomCalendarContext, Task> change)
    {
        await using var db = CreateDbContext();
        await change(db);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isOwned)
        {
            return;
        }

        if (Provider is DatabaseProvider.PostgreSql)
        {
            await (await PostgreSqlServer.SharedAsync()).DropAsync(ConnectionString);
            return;
        }

        // A request that a test leaves behind may open the file again while its folder is deleted.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var attempt = 1; !TryDelete(isLast: attempt == 100); attempt++)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private bool TryDelete(bool isLast)
    {
        var pooled = ((SqliteConnection)_open().Database.GetDbConnection()).ConnectionString;
        SqliteConnection.ClearPool(new SqliteConnection(pooled));
        var folder = Path.GetDirectoryName(new SqliteConnectionStringBuilder(ConnectionString).DataSource)!;
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException) when (!isLast)
        {
            return !Directory.Exists(folder);
        }
    }

    private static Func<ZoomCalendarContext> Opener<TContext>(
        Action<DbContextOptionsBuilder> use, IInterceptor[] interceptors, Func<DbContextOptions<TContext>, TContext> make)
        where TContext : ZoomCalendarContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        use(builder);
        var options = builder.AddInterceptors(interceptors).Options;
        return () => make(options);
    }
}
