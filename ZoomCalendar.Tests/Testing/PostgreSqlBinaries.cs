using System.Diagnostics;
using System.Globalization;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Where this machine keeps PostgreSQL's programs: as <c>pg_config</c> says, on the PATH, or in Debian's folder.</summary>
internal static class PostgreSqlBinaries
{
    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    private static readonly Lazy<string?> Found = new(() => Candidates().FirstOrDefault(HasAll));

    /// <summary>Null where they were found.</summary>
    public static string? WhyMissing => Found.Value is null
        ? "PostgreSQL's programs are not installed: initdb was not found by pg_config --bindir, on the PATH or in /usr/lib/postgresql."
        : null;

    public static string Folder => Found.Value ?? throw new InvalidOperationException(WhyMissing);

    /// <summary>A link counts as what it leads to: <see cref="File.Exists"/> is content with one that leads nowhere.</summary>
    internal static bool HasAll(string folder) =>
        Programs.All(program => new FileInfo(Path.Combine(folder, program)) is { Exists: true } file
            && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false });

    private static IEnumerable<string> Candidates()
    {
        if (BindirOfPgConfig() is { } bindir)
        {
            yield return bindir;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }

        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        foreach (var version in versions.OrderByDescending(
            folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0))
        {
            yield return Path.Combine(version, "bin");
        }
    }

    private static string? BindirOfPgConfig()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", "--bindir")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            return process?.StandardOutput.ReadLine()?.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
