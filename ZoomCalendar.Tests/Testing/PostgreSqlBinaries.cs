using System.Diagnostics;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Where this machine keeps PostgreSQL's programs: as <c>pg_config</c> says, on the PATH, or in Debian's folder.</summary>
internal static class PostgreSqlBinaries
{
    private static readonly Lazy<string?> Found = new(() => Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))));

    /// <summary>Null where they were found.</summary>
    public static string? WhyMissing => Found.Value is null
        ? "PostgreSQL's programs are not installed: initdb was not found by pg_config --bindir, on the PATH or in /usr/lib/postgresql."
        : null;

    public static string Folder => Found.Value ?? throw new InvalidOperationException(WhyMissing);

    private static IEnumerable<string> Candidates()
    {
        if (BindirOfPgConfig() is { } bindir)
        {
            yield return bindir;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }

        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        foreach (var version in versions.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var number) ? number : 0))
        {
            yield return Path.Combine(version, "bin");
        }
    }

    private static string? BindirOfPgConfig()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", "--bindir") { RedirectStandardOutput = true, RedirectStandardError = true });
            return process?.StandardOutput.ReadLine()?.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
