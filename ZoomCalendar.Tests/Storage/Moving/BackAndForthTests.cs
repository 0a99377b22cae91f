using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage.Moving;

/// <summary><c>ZOOMCALENDAR_MOVE_APPOINTMENTS=100000</c> for a business of some age.</summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class BackAndForthTests(ITestOutputHelper output)
{
    private static readonly int Appointments =
        int.Parse(
            Environment.GetEnvironmentVariable("ZOOMCALENDAR_MOVE_APPOINTMENTS") is { Length: > 0 } text ? text : "2000",
            CultureInfo.InvariantCulture);

    [DatabaseFact]
    public async Task Copying_a_database_back_and_forth_leaves_the_dump_unchanged()
    {
        await using var scheduleHost = new DatabaseMoveTestHost();
        await using var home = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var watch = Stopwatch.StartNew();
        await new FilledDatabase(home, Appointments).FillAsync();
        output.WriteLine($"filled in {watch.Elapsed.TotalSeconds:F1} s");
        var sqlite = DatabaseMoveTestHost.Of(home);
        var (server, sqliteAgain, serverAgain) = (await scheduleHost.EmptyAsync(
            DatabaseProvider.PostgreSql), scheduleHost.EmptyFile(), await scheduleHost.EmptyAsync(DatabaseProvider.PostgreSql));
        watch.Restart();
        var before = await DatabaseDump.OfAsync(sqlite);
        output.WriteLine($"dumped in {watch.Elapsed.TotalSeconds:F1} s");

        await MoveAsync(sqlite, server);
        var between = await DatabaseDump.OfAsync(server);
        await MoveAsync(server, sqliteAgain);
        var after = await DatabaseDump.OfAsync(sqliteAgain);
        await MoveAsync(sqliteAgain, serverAgain);

        after.Should().BeEquivalentTo(before);
        (await DatabaseDump.OfAsync(serverAgain)).Should().BeEquivalentTo(between);
        before["appointments"].Should().StartWith($"{Appointments} lines");
        before.Should().NotContain(
            table => table.Value.StartsWith("0 lines") && table.Key != "webhook_messages" && !table.Key.StartsWith("__EF"),
            "each table takes part");
    }

    private async Task MoveAsync(DatabaseOptions from, DatabaseOptions to)
    {
        var (watch, rows) = (Stopwatch.StartNew(), 0L);
        await DatabaseMoveTestHost.MoveAsync(from, to, progress => rows = progress.Total);
        output.WriteLine($"{from.Provider} to {to.Provider}: {rows} rows in {watch.Elapsed.TotalSeconds:F1} s");
    }
}
