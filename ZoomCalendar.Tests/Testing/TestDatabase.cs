using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>A real SQLite file of its own, migrated, gone at the end.</summary>
internal sealed class TestDatabase : IDbContextFactory<ZoomCalendarContext>, IAsyncDisposable
{
    private readonly bool _owned;

    public TestDatabase(params IInterceptor[] interceptors)
        : this(Path.Combine(Directory.CreateTempSubdirectory("zoomcalendar-").FullName, "test.db"), owned: true, interceptors)
    {
    }

    private TestDatabase(string file, bool owned, IInterceptor[] interceptors)
    {
        File = file;
        _owned = owned;
        var builder = new DbContextOptionsBuilder<SqliteContext>();
        StorageRegistration.UseSqlite(builder, ConnectionString);
        Options = builder.AddInterceptors(interceptors).Options;
    }

    public string File { get; }

    public string ConnectionString => $"Data Source={File}";

    private DbContextOptions<SqliteContext> Options { get; }

    public static async Task<TestDatabase> CreateAsync(params IInterceptor[] interceptors)
    {
        var database = new TestDatabase(interceptors);
        await new DatabaseMigrator(database).MigrateAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Another process's view of the same file.</summary>
    public static TestDatabase Open(string file) => new(file, owned: false, []);

    public ZoomCalendarContext CreateDbContext() => new SqliteContext(Options);

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

    public ValueTask DisposeAsync()
    {
        if (_owned)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
