using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>One migrated file, copied for each test: much faster than migrating each time.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    /// <returns>The connection string of a fresh file in a folder of its own, with the present schema.</returns>
    public static async Task<string> NewDatabaseAsync()
    {
        var file = NewFile();
        await File.WriteAllBytesAsync(file, await Migrated.Value);
        return $"Data Source={file}";
    }

    private static async Task<byte[]> MigrateAsync()
    {
        var file = NewFile();
        await using (var template = TestDatabase.Open(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=False"))
        {
            // The last connection to close carries the write-ahead log over into the file.
            await new DatabaseMigrator(template).MigrateAsync(CancellationToken.None);
        }

        if (File.Exists($"{file}-wal"))
        {
            throw new InvalidOperationException("Not all of the template is in its file.");
        }

        var bytes = await File.ReadAllBytesAsync(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return bytes;
    }

    private static string NewFile() => Path.Combine(Directory.CreateTempSubdirectory("zoomcalendar-").FullName, "test.db");
}
