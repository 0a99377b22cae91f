namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Where relative paths in the settings lead. In development: the nearest parent folder that holds the solution, so that the database
/// stays when the build output goes; otherwise: the content root, the folder of the assembly. Never the working directory.
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

    /// <summary>Setting <c>DataDirectory</c>; the database file and whatever else must outlive a restart.</summary>
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
