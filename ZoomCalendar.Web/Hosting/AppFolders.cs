namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// The base folder of relative paths in the settings. In Development it is the nearest parent folder with the solution, so that the
/// database survives a clean build; otherwise the content root, which is the folder of the assembly. It is never the working directory.
/// </summary>
internal sealed class AppFolders
{
    private const string SolutionFile = "ZoomCalendar.sln";

    public AppFolders(IConfiguration configuration, IHostEnvironment environment)
    {
        Root = (environment.IsDevelopment() ? SolutionFolder(environment.ContentRootPath) : null) ?? environment.ContentRootPath;
        Data = Resolve(configuration["DataDirectory"] is { Length: > 0 } folder ? folder : "data");
    }

    public string Root { get; }

    /// <summary>Setting <c>DataDirectory</c>; the database file and other files that must survive a restart.</summary>
    public string Data { get; }

    public string Resolve(string path) => Path.GetFullPath(path, Root);

    private static string? SolutionFolder(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
