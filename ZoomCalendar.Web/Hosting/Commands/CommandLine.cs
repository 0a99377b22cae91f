using System.Runtime.InteropServices;
using ZoomCalendar.Core.Storage.Moving;

namespace ZoomCalendar.Web.Hosting.Commands;

/// <summary>What the app does instead of serving when its first argument is a word: <c>backup --to FILE</c> and its like.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Misunderstood = 2;
    private const int Interrupted = 130;

    private const string Usage =
        """
        move-database --from "…" --to "…"            moves an installation into an empty database; the app is stopped
        backup --to FILE [--database "…"]            writes one state of the database into a file; the app may run
        restore --from FILE [--database "…"]         puts a backup into an empty database
        renew-installation [--database "…"]          makes a copy an installation of its own, without Zoom connections

        Without --database: the one in the settings. "…" is a connection string, sqlite:FILE, or postgresql://USER:PASSWORD@HOST/DATABASE.
        """;

    /// <returns>The exit code; null: no command was given, the app is to serve.</returns>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        // A setting may be written as a word too: Key=Value.
        if (arguments is not [var word, ..] || word.StartsWith('-') || word.StartsWith('/') || word.Contains('='))
        {
            return null;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(arguments, Console.Out, Console.Error, !Console.IsOutputRedirected, stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        if (CommandArguments.Parse(arguments[1..]) is not { } words || CommandOf(arguments[0], words) is not { } command)
        {
            await errors.WriteLineAsync($"This is not understood: {string.Join(' ', arguments.Take(2))}{Environment.NewLine}{Usage}");
            return Misunderstood;
        }

        var printer = new ProgressPrinter(output, isTerminal);
        try
        {
            await command(printer, cancellationToken);
            return 0;
        }
        catch (MovingException exception)
        {
            printer.EndLine();
            await errors.WriteLineAsync(exception.Message);
            return Misunderstood + (int)exception.Failure;
        }
        catch (OperationCanceledException)
        {
            printer.EndLine();
            await errors.WriteLineAsync("Stopped. Run the same command again: a move or a restore goes on where it stopped, a backup begins anew.");
            return Interrupted;
        }
        catch (Exception exception)
        {
            printer.EndLine();
            await errors.WriteLineAsync($"It did not work: {exception.Message}");
            return Failed;
        }
    }

    private static Func<ProgressPrinter, CancellationToken, Task>? CommandOf(string name, CommandArguments words) => name switch
    {
        "move-database" when words.Are("from", "to") => new DatabaseCommands(words).MoveAsync,
        "backup" when words.Are("to", "database?") => new DatabaseCommands(words).BackUpAsync,
        "restore" when words.Are("from", "database?") => new DatabaseCommands(words).RestoreAsync,
        "renew-installation" when words.Are("database?") => new DatabaseCommands(words).RenewAsync,
        _ => null,
    };
}
