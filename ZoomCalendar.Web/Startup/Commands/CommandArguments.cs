namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>
/// Parsed options: <c>--name value</c>, <c>--name=value</c>, or <c>--name</c> for an option without a value; each at most once.
/// </summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private CommandArguments()
    {
    }

    public string this[string name] => _values[name];

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <returns>The arguments, or a sentence about the first problem.</returns>
    public static (CommandArguments? Arguments, string Problem) Parse(Command command, IReadOnlyList<string> words)
    {
        var arguments = new CommandArguments();
        for (var index = 0; index < words.Count; index++)
        {
            if (!words[index].StartsWith('-'))
            {
                return (null, $"{words[index]} belongs to no option.");
            }

            var (name, value) = words[index].TrimStart('-').Split('=', 2) is [var before, var after]
                ? (before, after)
                : (words[index].TrimStart('-'), null);
            if (command.Options.FirstOrDefault(option => option.Name == name) is not { } option
                || !words[index].StartsWith("--", StringComparison.Ordinal))
            {
                return (null, $"unknown option {words[index].Split('=')[0]}.");
            }

            if (option.Value is null ? value is not null : (value ??= index + 1 < words.Count && !words[index + 1].StartsWith(
                "--", StringComparison.Ordinal) ? words[++index] : null) is null or "")
            {
                return (null, option.Value is null ? $"--{name} takes no value." : $"--{name} needs a value: {option}.");
            }

            if (!arguments._values.TryAdd(name, value ?? ""))
            {
                return (null, $"--{name} is given twice.");
            }
        }

        var missing = command.Options.Where(option => option.IsRequired && !arguments.Has(option.Name)).ToList();
        return missing.Count == 0 ? (arguments, "") : (null, $"{command.Name} needs {string.Join(" and ", missing)}.");
    }
}
