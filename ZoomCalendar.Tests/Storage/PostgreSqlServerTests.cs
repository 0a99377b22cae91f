using System.Diagnostics;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>The run's own PostgreSQL server: found wherever it is installed, and never left behind.</summary>
public sealed class PostgreSqlServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_folder_with_all_programs_is_PostgreSQL_s_and_links_count()
    {
        Write("initdb", "pg_ctl", "elsewhere");
        File.CreateSymbolicLink(PathOf("postgres"), PathOf("elsewhere"));

        PostgreSqlBinaries.HasAll(_folder.FullName).Should().BeTrue();
    }

    [Theory]
    [InlineData("initdb")]
    [InlineData("postgres")]
    public void A_dangling_link_is_not_a_program(string name)
    {
        Write("initdb", "pg_ctl", "postgres");
        File.Delete(PathOf(name));
        File.CreateSymbolicLink(PathOf(name), PathOf("gone"));

        PostgreSqlBinaries.HasAll(_folder.FullName).Should().BeFalse();
    }

    [Fact]
    public void The_client_programs_alone_do_not_suffice()
    {
        Write("pg_config", "psql");

        PostgreSqlBinaries.HasAll(_folder.FullName).Should().BeFalse();
    }

    [Fact, OnPostgreSql, Trait("Category", "PostgreSql")]
    public async Task A_server_whose_owner_was_killed_is_stopped_by_the_next_run()
    {
        var killed = await PostgreSqlServer.LaunchAsync();
        var (folder, server) = (killed.Folder, Process.GetProcessById(killed.ServerProcess));
        using var keeper = Process.GetProcessById(killed.Keeper);
        keeper.Kill();
        await keeper.WaitForExitAsync();

        await using var next = await PostgreSqlServer.LaunchAsync();

        await server.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Directory.Exists(folder).Should().BeFalse();
        Directory.Exists(next.Folder).Should().BeTrue();
    }

    [Fact, OnPostgreSql, Trait("Category", "PostgreSql")]
    public async Task A_server_ends_with_its_process_and_leaves_no_files()
    {
        var launched = await PostgreSqlServer.LaunchAsync();
        using var server = Process.GetProcessById(launched.ServerProcess);

        await launched.DisposeAsync();

        await server.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Directory.Exists(launched.Folder).Should().BeFalse();
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(params string[] programs)
    {
        foreach (var program in programs)
        {
            File.WriteAllText(PathOf(program), "");
        }
    }
}
