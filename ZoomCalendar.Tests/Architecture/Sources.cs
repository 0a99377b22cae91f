namespace ZoomCalendar.Tests.Architecture;

/// <summary>The solution's own source files, as they stand on the disk.</summary>
internal static class Sources
{
    private static readonly Lazy<string> Found = new(FindRoot);

    /// <summary>The folder of the solution.</summary>
    public static string Root => Found.Value;

    /// <summary>Path relative to the solution, with slashes, and text.</summary>
    public static IEnumerable<(string Path, string Text)> Of(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, project), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".csproj")
            .Select(file => (Path: Path.GetRelativePath(Root, file).Replace('\\', '/'), File: file))
            .Where(file => !file.Path.Contains("/bin/") && !file.Path.Contains("/obj/") && !file.Path.Contains("/Migrations/"))
            .Select(file => (file.Path, File.ReadAllText(file.File)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ZoomCalendar.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the solution's folder.");
    }
}
