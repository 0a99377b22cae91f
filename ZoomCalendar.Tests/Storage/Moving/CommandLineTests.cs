using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Startup.Commands;

namespace ZoomCalendar.Tests.Storage.Moving;

public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly DatabaseMoveTestHost _scheduleHost = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _scheduleHost.DisposeAsync().AsTask();

    [Theory]
    [InlineData("unknown command move-databse.", "move-databse", "--from", "sqlite:a.db", "--to", "sqlite:b.db")]
    [InlineData("move-database needs --to \"…\".", "move-database", "--from", "sqlite:a.db")]
    [InlineData("unknown option --into.", "move-database", "--from", "sqlite:a.db", "--into", "sqlite:b.db")]
    [InlineData("unknown option -t.", "backup", "-t", "file")]
    [InlineData("backup needs --to FILE.", "backup")]
    [InlineData("--to needs a value: --to FILE.", "backup", "--to")]
    [InlineData("--to needs a value: --to FILE.", "backup", "--to", "--database", "sqlite:a.db")]
    [InlineData("file belongs to no option.", "backup", "file")]
    [InlineData("--from is given twice.", "restore", "--from", "x", "--from", "y")]
    [InlineData("renew-installation needs --database \"…\".", "renew-installation", "--yes")]
    [InlineData("--yes takes no value.", "renew-installation", "--database", "sqlite:a.db", "--yes=no")]
    [InlineData("create-admin needs --email … and --business \"…\".", "create-admin")]
    public async Task An_unknown_command_is_answered_with_the_known_ones(string sentence, params string[] words)
    {
        var (exit, _, errors) = await RunAsync(words);

        exit.Should().Be(2);
        errors.Should().StartWith($"This is not understood: {sentence}").And.Contain("move-database --from");
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("backup", "--help")]
    public async Task Help_lists_every_command_and_does_nothing(params string[] words)
    {
        var (exit, output, errors) = await RunAsync(words);

        (exit, errors).Should().Be((0, ""));
        output.Should().ContainAll(
            "create-admin --email",
            "backup --to FILE",
            "restore --from FILE",
            "move-database --from",
            "renew-installation --database",
            "help, --help, -h");
    }

    [Fact]
    public async Task Help_is_printed_by_the_process_instead_of_serving()
    {
        using var process = Start(["--help"]);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0);
        output.Should().Contain("Without a command the app serves.").And.Contain("backup --to FILE");
    }

    [Theory]
    [InlineData("--verison")]
    [InlineData("-v")]
    [InlineData("--colour", "blue")]
    [InlineData("--urls")]
    [InlineData("--urls", "http://localhost:5080", "serve")]
    public async Task An_unknown_option_is_refused(params string[] words) => (await CommandLine.RunAsync(words)).Should().Be(2);

    [Theory]
    [InlineData("--urls=http://localhost:5080")]
    [InlineData("Demo:Enabled=false")]
    [InlineData("/Demo:Enabled=false")]
    [InlineData("--urls", "http://localhost:5080", "--Demo:Enabled", "false")]
    public async Task Settings_on_the_command_line_are_not_commands(params string[] settings) =>
        (await CommandLine.RunAsync(settings)).Should().BeNull();

    [Theory]
    [InlineData("Colour=blue", "sqlite:b.db", 2, "It cannot be told which database")]
    [InlineData("mysql://host/database", "sqlite:b.db", 2, "'mysql' is not a database this app knows")]
    [InlineData("sqlite:/nowhere/a.db", "sqlite:b.db", 2, "There is no file /nowhere/a.db.")]
    [InlineData("sqlite:b.db", "sqlite:b.db", 2, "Both are the same database.")]
    [InlineData("postgresql://zc:secret@127.0.0.1:1/zc", "sqlite:b.db", 3, "No answer from the PostgreSQL database zc on 127.0.0.1:1.")]
    public async Task A_failure_prints_a_sentence_and_sets_an_exit_code(string from, string to, int expected, string sentence)
    {
        var (exit, _, errors) = await RunAsync("move-database", "--from", from, "--to", to);

        exit.Should().Be(expected);
        errors.Should().StartWith(sentence).And.NotContain("   at ").And.NotContain("secret");
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_of_this_app_is_refused()
    {
        var (text, empty) = (_scheduleHost.NewFile("text"), _scheduleHost.NewFile("empty"));
        await File.WriteAllTextAsync(text, new string('x', 5_000));
        await File.WriteAllTextAsync(empty, "");

        (await RunAsync("restore", "--from", text, "--database", $"sqlite:{_scheduleHost.NewFile()}")).Should()
            .Match<(int Exit, string, string Errors)>(
            result => result.Exit == 2 && result.Errors.StartsWith("It is not a database: "));
        (await RunAsync("restore", "--from", empty, "--database", $"sqlite:{_scheduleHost.NewFile()}")).Should()
            .Match<(int Exit, string, string Errors)>(
            result => result.Exit == 5 && result.Errors.StartsWith("There is no installation of this app"));
    }

    [Fact]
    public async Task A_backup_never_overwrites_and_needs_its_folder()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var (file, database) = (_scheduleHost.NewFile("backup"), tenant.Database.ConnectionString);

        (await RunAsync("backup", "--to", file, "--database", database)).Exit.Should().Be(0);
        (await RunAsync("backup", "--to", file, "--database", database)).Exit.Should().Be(6);
        (await RunAsync("backup", "--to", Path.Combine(file, "deeper"), "--database", database)).Exit.Should().Be(3);
        Directory.GetFiles(Path.GetDirectoryName(file)!).Should().Equal(file);
    }

    [Fact]
    public async Task On_a_terminal_one_line_shows_how_far_it_is()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var output = new StringWriter();

        await CommandLine.RunAsync(
            ["backup", "--to", _scheduleHost.NewFile(), "--database", tenant.Database.ConnectionString],
            output,
            output,
            isTerminal: true,
            CancellationToken.None);

        output.ToString().Should().Contain("\r[").And.Contain("[##############################] 100").And.NotContain("rows\n[");
    }

    [Fact]
    public async Task A_renewed_copy_cannot_change_the_originals_meetings()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var ben = await tenant.UserAsync("ben");
        await tenant.ConnectAsync(ben, "key");
        await tenant.BookedAsync(await tenant.CalendarAsync(Core.Scheduling.CalendarType.Personal, [ben]), TestTenant.Monday.AddHours(2));
        var (file, copy) = (_scheduleHost.NewFile("backup"), _scheduleHost.EmptyFile());
        await RunAsync("backup", "--to", file, "--database", tenant.Database.ConnectionString);
        await RunAsync("restore", "--from", file, "--database", copy.ConnectionString);

        (await RunAsync("renew-installation", "--database", copy.ConnectionString)).Should().Match<(int Exit, string, string Errors)>(
            result => result.Exit == 2 && result.Errors.Contains("Nothing was changed. Add --yes"));
        (await TypeAsync("no\n", "renew-installation", "--database", copy.ConnectionString)).Should()
            .Match<(int Exit, string Output, string Errors)>(
            result => result.Exit == 2 && result.Output.Contains("forgets every Zoom connection")
                && result.Errors.StartsWith("Nothing was changed."));
        await using (var untouched = DatabaseMoveTestHost.Open(copy))
        {
            (await untouched.ReadAsync(db => db.ZoomAccounts.CountAsync())).Should().Be(1, "nobody has said yes");
        }

        DatabaseMoveTestHost.Leave(copy);

        (await TypeAsync("yes\n", "renew-installation", "--database", copy.ConnectionString)).Exit.Should().Be(0);

        await using var there = DatabaseMoveTestHost.Open(copy);
        await new DatabaseMigrator(there).MigrateAsync(CancellationToken.None);
        var meeting = await there.ReadAsync(db => db.SlotMeetings.SingleAsync());
        (meeting.ZoomUserKey, meeting.ZoomMeetingId, meeting.WaitingFor).Should().Be((null, null, WaitingFor.Connection));
        (await there.ReadAsync(db => db.ZoomAccounts.CountAsync())).Should().Be(0);
        (await there.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync()))
            .Should().NotBe(await tenant.Database.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync()));
    }

    [Fact]
    public async Task A_copy_that_was_killed_finishes_when_run_again()
    {
        await using var tenant = await TestTenant.CreateAsync();
        await new ManyEvents(tenant).WriteAsync(20_000);
        var (from, to) = (DatabaseMoveTestHost.Of(tenant.Database), _scheduleHost.EmptyFile());
        DatabaseMoveTestHost.Leave(from);
        string[] words = ["move-database", "--from", from.ConnectionString, "--to", to.ConnectionString];

        using (var first = Start(words))
        {
            // The line of the first table that was copied; events are still to come, or at work.
            while (await first.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("copying", StringComparison.Ordinal))
            {
            }

            first.Kill();
            await first.WaitForExitAsync();
        }

        using var second = Start(words);
        var errors = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();

        second.ExitCode.Should().Be(0, errors);
        await using var there = DatabaseMoveTestHost.Open(to);
        (await there.ReadAsync(db => db.Events.CountAsync())).Should().Be(20_000);
    }

    [Fact]
    public async Task The_yes_option_skips_the_question()
    {
        await using var tenant = await TestTenant.CreateAsync();
        DatabaseMoveTestHost.Leave(DatabaseMoveTestHost.Of(tenant.Database));

        (await RunAsync("renew-installation", "--database", tenant.Database.ConnectionString, "--yes")).Exit.Should().Be(0);
    }

    [Fact]
    [OnSqlite("MasterKeyRotationTests rotates on both.")]
    public async Task Rotating_the_master_key_takes_both_keys_from_the_settings_and_says_what_to_do_next()
    {
        await using var tenant = await TestTenant.CreateAsync();
        byte[] first = [.. Enumerable.Repeat((byte)1, MasterKey.Length)];
        byte[] second = [.. Enumerable.Repeat((byte)2, MasterKey.Length)];
        var options = DatabaseMoveTestHost.Of(tenant.Database);
        await using (var app = new ServiceCollection().AddLogging().AddStorage(options).AddKeyRing(new MasterKey(first))
            .BuildServiceProvider())
        {
            app.GetRequiredService<IDataProtectionProvider>().CreateProtector("tokens").Protect("a token");
        }

        DatabaseMoveTestHost.Leave(options);
        string[] words = ["rotate-master-key", "--database", tenant.Database.ConnectionString];
        using var process = Start(
            words,
            ("DataProtection__MasterKey", Convert.ToBase64String(first)),
            ("DataProtection__NewMasterKey", Convert.ToBase64String(second)));
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, await process.StandardError.ReadToEndAsync());
        output.Should().Contain("is rotated: ").And.Contain("set DataProtection:MasterKey to the new key on every node");
        output.Should().NotContain(Convert.ToBase64String(first)).And.NotContain(Convert.ToBase64String(second));
        await using var after = new ServiceCollection().AddLogging().AddStorage(options).AddKeyRing(new MasterKey(second))
            .BuildServiceProvider();
        await after.GetRequiredService<KeyRingCheck>().EnsureMasterKeyMatchesAsync(CancellationToken.None);
    }

    private static Process Start(string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ZoomCalendar.Web.dll"), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static Task<(int Exit, string Output, string Errors)> RunAsync(params string[] words) => TypeAsync(null, words);

    /// <param name="typed">What somebody answers; null: nobody sits there.</param>
    /// <param name="words">The command.</param>
    private static async Task<(int Exit, string Output, string Errors)> TypeAsync(string? typed, params string[] words)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.RunAsync(
            words, output, errors, isTerminal: false, CancellationToken.None, typed is null ? null : new StringReader(typed));
        return (exit, output.ToString(), errors.ToString());
    }
}
