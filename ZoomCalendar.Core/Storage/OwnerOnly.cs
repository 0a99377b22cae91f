using Microsoft.Data.Sqlite;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Folders and database files that, on Unix, only their owner can open, whatever the umask: 0700 and 0600. What belongs to another user
/// stays as it is.
/// </summary>
public static class OwnerOnly
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Creates the folder. A folder that exists keeps its mode.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Closes an existing folder to others, unless it is the root or a shared one such as <c>/tmp</c>.</summary>
    public static void CloseFolder(string path)
    {
        var isShared = OperatingSystem.IsWindows() || !Directory.Exists(path) || Path.GetPathRoot(path) == path
            || File.GetUnixFileMode(path).HasFlag(UnixFileMode.StickyBit);
        if (!isShared)
        {
            SetMode(path, FolderMode);
        }
    }

    /// <summary>
    /// Creates the database file if it is missing, and closes it and its logs to others. SQLite gives new logs the mode of the database.
    /// </summary>
    public static void CloseDatabase(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        if (settings.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly || settings.DataSource is "" or ":memory:")
        {
            return;
        }

        try
        {
            if (!File.Exists(settings.DataSource))
            {
                OwnerOnlyFile.Create(settings.DataSource).Dispose();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process created it at the same moment. Otherwise opening the database says what is wrong.
        }

        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
        {
            SetMode(settings.DataSource + suffix, FileMode);
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != mode)
            {
                File.SetUnixFileMode(path, mode);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It does not exist, or belongs to another user.
        }
    }
}
