namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>A command of the app, which it runs instead of serving.</summary>
/// <param name="Name">The first argument on the command line.</param>
/// <param name="Options">In the order of the usage text.</param>
/// <param name="Description">One line for the usage text.</param>
/// <param name="RunAsync">Throws if it fails; the message of the exception is shown to the user.</param>
internal sealed record Command(
    string Name,
    IReadOnlyList<CommandOption> Options,
    string Description,
    Func<CommandArguments, CommandConsole, CancellationToken, Task> RunAsync)
{
    public override string ToString() =>
        $"{Name} {string.Join(' ', Options.Select(option => option.IsRequired ? $"{option}" : $"[{option}]"))}".TrimEnd();
}

/// <param name="Name">Without the dashes.</param>
/// <param name="Value">The placeholder of the value in the usage text; null: the option has no value.</param>
/// <param name="IsRequired">Whether the command needs it.</param>
internal sealed record CommandOption(string Name, string? Value, bool IsRequired = false)
{
    public override string ToString() => Value is null ? $"--{Name}" : $"--{Name} {Value}";
}

/// <summary>The output and input of a command.</summary>
/// <param name="Printer">The output.</param>
/// <param name="Input">Null: not interactive.</param>
internal sealed record CommandConsole(ProgressPrinter Printer, TextReader? Input);

/// <summary>The user did not confirm the command. The message is shown to the user.</summary>
internal sealed class NotConfirmedException(string message) : Exception(message);
