using System.Text.Json;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Races;

/// <summary>
/// The other process: this assembly run by itself. For each line with a share of a race it answers "ready", waits for "go",
/// runs all its attempts at once, and answers with a line of results. It ends when its input ends.
/// </summary>
internal static class RaceWorker
{
    public const string Argument = "race-worker";

    public static async Task<int> Main(string[] args)
    {
        if (args is [ReconcilerWorker.Argument])
        {
            await ReconcilerWorker.RunAsync();
            return 0;
        }

        if (args is [MailWorker.Argument, var provider, var connection, var port, var ticks])
        {
            return await MailWorker.RunAsync(provider, connection, port, ticks);
        }

        if (args is not [Argument])
        {
            await Console.Error.WriteLineAsync("This is a test assembly: run it with `dotnet test`.");
            return 1;
        }

        while (await Console.In.ReadLineAsync() is { } line)
        {
            var share = JsonSerializer.Deserialize<RaceShare>(line)!;
            await using var database = TestDatabase.Open(share.Provider, share.ConnectionString);
            var runner = new RaceRunner(database, new Actor(new SubAccountId(share.SubAccount), new UserId(share.Admin), Role.Admin));
            var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var running = runner.RunAsync(share.Attempts, go.Task);
            await Console.Out.WriteLineAsync("ready");
            await Console.In.ReadLineAsync();
            go.SetResult();
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(await running));
        }

        return 0;
    }
}
