using System.Runtime.InteropServices;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Startup.Settings;

namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>Runs a command, such as <c>backup --to FILE</c>, instead of serving, if the first argument names one.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Misunderstood = 2;
    private const int Interrupted = 130;

    private static readonly string[] HelpOptions = ["--help", "-h", "-?", "/?", "/h"];

    /// <summary>Settings of the framework that are usually given on the command line.</summary>
    private static readonly HashSet<string> FrameworkSettings = new(
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "webRoot", "Logging", "Kestrel",
            "AllowedHosts"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly CommandOption Database = new("database", "\"…\"");

    private static readonly Command[] Commands =
    [
        new(
            "create-admin",
            [new("email", "…", true), new("business", "\"…\"", true), new("name", "\"…\"")],
            "makes a business and its admin's account; prints a link to choose the password",
            (arguments, console, stop) => AdminCommand.CreateAsync(arguments, console.Printer, stop)),
        new(
            "reset-second-factor",
            [new("email", "…", true)],
            "removes the authenticator app and the passkeys of a user who has lost them",
            (arguments, console, stop) => AdminCommand.ResetSecondFactorAsync(arguments, console.Printer, stop)),
        new(
            "backup",
            [new("to", "FILE", true), Database],
            "writes one state of the database into a file; the app may run",
            (arguments, console, stop) => new DatabaseCommands(arguments).BackUpAsync(console.Printer, stop)),
        new(
            "restore",
            [new("from", "FILE", true), Database],
            "puts a backup into an empty database",
            (arguments, console, stop) => new DatabaseCommands(arguments).RestoreAsync(console.Printer, stop)),
        new(
            "move-database",
            [new("from", "\"…\"", true), new("to", "\"…\"", true)],
            "moves an installation into an empty database; the app is stopped",
            (arguments, console, stop) => new DatabaseCommands(arguments).MoveAsync(console.Printer, stop)),
        new(
            "rotate-master-key",
            [Database],
            "replaces DataProtection:MasterKey by DataProtection:NewMasterKey; the app is stopped",
            (arguments, console, stop) => new DatabaseCommands(arguments).RotateMasterKeyAsync(console.Printer, stop)),
        new(
            "renew-installation",
            [Database with { IsRequired = true }, new("yes", null)],
            "makes a copy an installation of its own, without Zoom connections",
            (arguments, console, stop) => new DatabaseCommands(arguments).RenewAsync(console, stop)),
    ];

    private static readonly string Usage =
        $"""
        Without a command the app serves. Settings: appsettings.json, environment variables (Section__Key), or --Section:Key=value.

        {string.Join(Environment.NewLine, Commands.Select(command => $"{command}{Environment.NewLine}    {command.Description}"))}
        help, --help, -h
            prints this

        Without --database: the one in the settings. "…" is a connection string, sqlite:FILE, or postgresql://USER:PASSWORD@HOST/DATABASE.
        """;

    /// <returns>The exit code; null: there is no command, and the app serves.</returns>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        // Key=Value without dashes is a setting, not a command.
        if (!IsHelp(arguments) && (arguments is not [var word, ..] || word.StartsWith('-') || word.StartsWith('/') || word.Contains('=')))
        {
            return UnknownOption(arguments) is { } unknown ? await MisunderstoodAsync(unknown, Console.Error) : null;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(
            arguments, Console.Out, Console.Error, !Console.IsOutputRedirected, stop.Token, Console.IsInputRedirected ? null : Console.In);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <param name="arguments">The command and its options.</param>
    /// <param name="output">Progress and results.</param>
    /// <param name="errors">Problems.</param>
    /// <param name="isTerminal">Whether a progress bar can be shown.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <param name="input">Null: not interactive.</param>
    public static async Task<int> RunAsync(
        string[] arguments,
        TextWriter output,
        TextWriter errors,
        bool isTerminal,
        CancellationToken cancellationToken,
        TextReader? input = null)
    {
        if (IsHelp(arguments))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        if (Commands.FirstOrDefault(candidate => candidate.Name == arguments[0]) is not { } command)
        {
            return await MisunderstoodAsync($"unknown command {arguments[0]}.", errors);
        }

        var (parsed, problem) = CommandArguments.Parse(command, arguments[1..]);
        if (parsed is null)
        {
            return await MisunderstoodAsync($"{problem} Write: {command}", errors);
        }

        var printer = new ProgressPrinter(output, isTerminal);
        try
        {
            await command.RunAsync(parsed, new CommandConsole(printer, input), cancellationToken);
            return 0;
        }
        catch (DatabaseMoveException exception)
        {
            return await SayAsync(exception.Message, Misunderstood + (int)exception.Failure);
        }
        catch (NotConfirmedException exception)
        {
            return await SayAsync(exception.Message, Misunderstood);
        }
        catch (StartupException exception)
        {
            return await SayAsync(exception.Message, Failed);
        }
        catch (OperationCanceledException)
        {
            return await SayAsync(
                "Stopped. Run the same command again: a move or a restore goes on where it stopped, a backup begins anew.", Interrupted);
        }
        catch (Exception exception)
        {
            return await SayAsync($"It did not work: {exception.Message}", Failed);
        }

        async Task<int> SayAsync(string sentence, int exitCode)
        {
            printer.EndLine();
            await errors.WriteLineAsync(sentence);
            return exitCode;
        }
    }

    private static bool IsHelp(string[] arguments) => arguments is ["help", ..] || arguments.Any(HelpOptions.Contains);

    private static async Task<int> MisunderstoodAsync(string what, TextWriter errors)
    {
        await errors.WriteLineAsync($"This is not understood: {what}{Environment.NewLine}{Environment.NewLine}{Usage}");
        return Misunderstood;
    }

    /// <summary>Without a command, options are settings. The framework would ignore an unknown one, or end with a stack trace.</summary>
    private static string? UnknownOption(string[] arguments)
    {
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (argument.Contains('='))
            {
                continue;
            }

            if (!argument.StartsWith("--", StringComparison.Ordinal) && !argument.StartsWith('/'))
            {
                return $"unknown option {argument}.";
            }

            var root = argument.TrimStart('-', '/').Split(':')[0];
            if (!FrameworkSettings.Contains(root) && !KnownSettings.Roots.Contains(root))
            {
                return $"unknown option {argument}.";
            }

            if (++index == arguments.Length)
            {
                return $"{argument} needs a value: {argument}=….";
            }
        }

        return null;
    }
}
