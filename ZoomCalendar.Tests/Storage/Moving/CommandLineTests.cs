using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Hosting.Commands;

namespace ZoomCalendar.Tests.Storage.Moving;

public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly MovingHouse _house = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _house.DisposeAsync().AsTask();

    [Theory]
    [InlineData("move-databse", "--from", "sqlite:a.db", "--to", "sqlite:b.db")]
    [InlineData("move-database", "--from", "sqlite:a.db")]
    [InlineData("move-database", "--from", "sqlite:a.db", "--into", "sqlite:b.db")]
    [InlineData("backup", "--to")]
    [InlineData("backup", "file")]
    [InlineData("restore", "--from", "x", "--from", "y")]
    public async Task What_is_not_understood_is_told_with_what_would_be(params string[] words)
    {
        var (exit, _, errors) = await RunAsync(words);

        exit.Should().Be(2);
        errors.Should().StartWith("This is not understood: ").And.Contain("move-database --from");
    }

    [Theory]
    [InlineData("--urls=http://localhost:5080")]
    [InlineData("Demo:Enabled=false")]
    [InlineData("/Demo:Enabled=false")]
    public async Task Settings_are_no_commands(string setting) => (await CommandLine.RunAsync([setting])).Should().BeNull();

    [Theory]
    [InlineData("Colour=blue", "sqlite:b.db", 2, "It cannot be told which database")]
    [InlineData("mysql://host/database", "sqlite:b.db", 2, "'mysql' is not a database this app knows")]
    [InlineData("sqlite:/nowhere/a.db", "sqlite:b.db", 2, "There is no file /nowhere/a.db.")]
    [InlineData("sqlite:b.db", "sqlite:b.db", 2, "Both are the same database.")]
    [InlineData("postgresql://zc:secret@127.0.0.1:1/zc", "sqlite:b.db", 3, "No answer from the PostgreSQL database zc on 127.0.0.1:1.")]
    public async Task What_goes_wrong_is_a_sentence_and_an_exit_code(string from, string to, int expected, string sentence)
    {
        var (exit, _, errors) = await RunAsync("move-database", "--from", from, "--to", to);

        exit.Should().Be(expected);
        errors.Should().StartWith(sentence).And.NotContain("   at ").And.NotContain("secret");
    }

    [Fact]
    public async Task A_file_that_is_no_database_or_no_installation_is_refused()
    {
        var (text, empty) = (_house.NewFile("text"), _house.NewFile("empty"));
        await File.WriteAllTextAsync(text, new string('x', 5_000));
        await File.WriteAllTextAsync(empty, "");

        (await RunAsync("restore", "--from", text, "--database", $"sqlite:{_house.NewFile()}")).Should().Match<(int Exit, string, string Errors)>(
            result => result.Exit == 2 && result.Errors.StartsWith("It is not a database: "));
        (await RunAsync("restore", "--from", empty, "--database", $"sqlite:{_house.NewFile()}")).Should().Match<(int Exit, string, string Errors)>(
            result => result.Exit == 5 && result.Errors.StartsWith("There is no installation of this app"));
    }

    [Fact]
    public async Task A_backup_never_overwrites_and_needs_its_folder()
    {
        await using var studio = await Studio.CreateAsync();
        var (file, database) = (_house.NewFile("backup"), studio.Database.ConnectionString);

        (await RunAsync("backup", "--to", file, "--database", database)).Exit.Should().Be(0);
        (await RunAsync("backup", "--to", file, "--database", database)).Exit.Should().Be(6);
        (await RunAsync("backup", "--to", Path.Combine(file, "deeper"), "--database", database)).Exit.Should().Be(3);
        Directory.GetFiles(Path.GetDirectoryName(file)!).Should().Equal(file);
    }

    [Fact]
    public async Task On_a_terminal_one_line_shows_how_far_it_is()
    {
        await using var studio = await Studio.CreateAsync();
        var output = new StringWriter();

        await CommandLine.RunAsync(["backup", "--to", _house.NewFile(), "--database", studio.Database.ConnectionString], output, output, isTerminal: true, CancellationToken.None);

        output.ToString().Should().Contain("\r[").And.Contain("[##############################] 100").And.NotContain("rows\n[");
    }

    [Fact]
    public async Task A_renewed_copy_can_touch_nothing_of_the_originals()
    {
        await using var studio = await Studio.CreateAsync();
        var ben = await studio.UserAsync("ben");
        await studio.ConnectAsync(ben, "key");
        await studio.BookedAsync(await studio.CalendarAsync(Core.Calendars.CalendarType.Personal, [ben]), Studio.Monday.AddHours(2));
        var (file, copy) = (_house.NewFile("backup"), _house.EmptyFile());
        await RunAsync("backup", "--to", file, "--database", studio.Database.ConnectionString);
        await RunAsync("restore", "--from", file, "--database", copy.ConnectionString);

        (await RunAsync("renew-installation", "--database", copy.ConnectionString)).Exit.Should().Be(0);

        await using var there = MovingHouse.Open(copy);
        await new DatabaseMigrator(there).MigrateAsync(CancellationToken.None);
        var meeting = await there.ReadAsync(db => db.SlotMeetings.SingleAsync());
        (meeting.ZoomUserKey, meeting.ZoomMeetingId, meeting.WaitingFor).Should().Be((null, null, WaitingFor.Connection));
        (await there.ReadAsync(db => db.ZoomAccounts.CountAsync())).Should().Be(0);
        (await there.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync()))
            .Should().NotBe(await studio.Database.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync()));
    }

    [Fact]
    public async Task A_process_that_is_killed_at_work_is_run_again_and_finishes()
    {
        await using var studio = await Studio.CreateAsync();
        await new ManyEvents(studio).WriteAsync(20_000);
        var (from, to) = (MovingHouse.Of(studio.Database), _house.EmptyFile());
        MovingHouse.Leave(from);
        string[] words = ["move-database", "--from", from.ConnectionString, "--to", to.ConnectionString];

        using (var first = Start(words))
        {
            // The line of the first table that was copied; events are still to come, or at work.
            while (await first.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("copying"))
            {
            }

            first.Kill();
            await first.WaitForExitAsync();
        }

        using var second = Start(words);
        var errors = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();

        second.ExitCode.Should().Be(0, errors);
        await using var there = MovingHouse.Open(to);
        (await there.ReadAsync(db => db.Events.CountAsync())).Should().Be(20_000);
    }

    private static Process Start(string[] words) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ZoomCalendar.Web.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] words)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.RunAsync(words, output, errors, isTerminal: false, CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
