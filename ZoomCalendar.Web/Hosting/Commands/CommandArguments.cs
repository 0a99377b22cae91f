namespace ZoomCalendar.Web.Hosting.Commands;

/// <summary><c>--name value</c> or <c>--name=value</c>, each at most once.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private CommandArguments()
    {
    }

    public string this[string name] => _values[name];

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <returns>Null: not understood.</returns>
    public static CommandArguments? Parse(IReadOnlyList<string> words)
    {
        var arguments = new CommandArguments();
        for (var index = 0; index < words.Count; index++)
        {
            if (!words[index].StartsWith("--", StringComparison.Ordinal))
            {
                return null;
            }

            var (name, value) = words[index][2..].Split('=', 2) is [var before, var after] ? (before, after) : (words[index][2..], index + 1 < words.Count ? words[++index] : "");
            if (value.Length == 0 || !arguments._values.TryAdd(name, value))
            {
                return null;
            }
        }

        return arguments;
    }

    /// <param name="names">All that are wanted; a question mark after one that may be missing.</param>
    public bool Are(params string[] names) =>
        names.Where(name => !name.EndsWith('?')).All(_values.ContainsKey) && _values.Keys.All(key => names.Any(name => name.TrimEnd('?') == key));
}
