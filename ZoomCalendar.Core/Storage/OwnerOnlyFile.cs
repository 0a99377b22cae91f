namespace ZoomCalendar.Core.Storage;

/// <summary>Creates files that contain secrets.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Creates a file that, on Unix, only its owner can read and write.</summary>
    /// <exception cref="IOException">The file exists, or cannot be created.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
