using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Startup;

namespace ZoomCalendar.Tests.Storage;

/// <summary>Only the app's own user of the machine reads its data, whatever the umask, and what was deleted is overwritten.</summary>
[OnSqlite("Of files.")]
[UnsupportedOSPlatform("windows")]
public sealed class OwnerOnlyTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("zc-owner-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task The_data_folder_and_all_files_of_a_new_database_belong_to_their_owner_alone()
    {
        await using var database = await MigrateAsync();

        FilesOf(Data).Should().HaveCountGreaterThanOrEqualTo(3, "the database, its log and its index are there")
            .And.OnlyContain(file => File.GetUnixFileMode(file) == Owner);
        File.GetUnixFileMode(Data).Should().Be(Owner | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task An_existing_folder_and_database_are_closed_to_others_at_the_next_start()
    {
        await using (var database = await MigrateAsync())
        {
            SqliteConnection.ClearAllPools();
        }

        Array.ForEach(FilesOf(Data), file => File.SetUnixFileMode(file, Everybody));
        File.SetUnixFileMode(Data, Everybody | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        await using var again = await MigrateAsync();

        FilesOf(Data).Should().OnlyContain(file => File.GetUnixFileMode(file) == Owner);
        File.GetUnixFileMode(Data).Should().Be(Owner | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Deleted_rows_are_overwritten()
    {
        await using var database = await MigrateAsync();
        await using var db = database.CreateDbContext();

        (await db.Database.SqlQueryRaw<long>("SELECT secure_delete AS Value FROM pragma_secure_delete").ToListAsync())
            .Should().Equal(1);
    }

    private string Data => Path.Combine(_root.FullName, "data");

    private static string[] FilesOf(string folder) => Directory.GetFiles(folder);

    private async Task<TestDatabase> MigrateAsync()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("DataDirectory", Data)]).Build();
        var options = DatabaseSetup.OptionsOf(settings, new AppFolders(settings, new Place(_root.FullName)));
        var database = TestDatabase.Open(options.Provider, options.ConnectionString);
        await DatabaseProbe.CheckAsync(options, CancellationToken.None);
        await new DatabaseMigrator(database).MigrateAsync(CancellationToken.None);
        return database;
    }

    private sealed class Place(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "ZoomCalendar";

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
