namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>What the app does instead of serving.</summary>
/// <param name="Name">The first word.</param>
/// <param name="Options">In the order in which they are shown.</param>
/// <param name="Does">What it does, in a line.</param>
/// <param name="RunAsync">Throws an exception whose message is a sentence if it cannot.</param>
internal sealed record Command(string Name, IReadOnlyList<CommandOption> Options, string Does, Func<CommandArguments, CommandConsole, CancellationToken, Task> RunAsync)
{
    public override string ToString() => $"{Name} {string.Join(' ', Options.Select(option => option.IsRequired ? $"{option}" : $"[{option}]"))}".TrimEnd();
}

/// <param name="Name">Without the dashes.</param>
/// <param name="Value">What stands for its value in the usage; null: it has none.</param>
/// <param name="IsRequired">Nothing is done without it.</param>
internal sealed record CommandOption(string Name, string? Value, bool IsRequired = false)
{
    public override string ToString() => Value is null ? $"--{Name}" : $"--{Name} {Value}";
}

/// <summary>Who started the command, and what they read and type.</summary>
/// <param name="Printer">What is said to them.</param>
/// <param name="Answers">What they type; null: nobody sits there.</param>
internal sealed record CommandConsole(ProgressPrinter Printer, TextReader? Answers);

/// <summary>A command that was understood and is not carried out, in a sentence.</summary>
internal sealed class NotConfirmedException(string message) : Exception(message);
