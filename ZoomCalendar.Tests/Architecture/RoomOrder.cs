using System.Text.RegularExpressions;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>
/// The order of a project's folders as docs/architecture.md states it: the first column of the table below a heading, from top to bottom.
/// A folder may use those in rows above its own.
/// </summary>
internal sealed partial class RoomOrder
{
    private readonly Dictionary<string, int> _rows = [];

    private RoomOrder(string project, string heading)
    {
        Project = project;
        var section = Document().Split($"\n## {heading}\n", 2)[1].Split("\n## ", 2)[0];
        foreach (var (line, row) in section.Split('\n').Where(
            line => line.StartsWith("| `", StringComparison.Ordinal)).Select((line, row) => (line, row)))
        {
            foreach (Match match in Folder().Matches(line.Split('|')[1]))
            {
                _rows.Add(match.Groups[1].Value.TrimEnd('/'), row);
            }
        }
    }

    public string Project { get; }

    public IReadOnlyCollection<string> Rooms => _rows.Keys;

    public static RoomOrder OfCore() => new("ZoomCalendar.Core", "The rooms of Core");

    public static RoomOrder OfWeb() => new("ZoomCalendar.Web", "The folders of Web");

    /// <summary>The document's drawing, without its fence.</summary>
    public static string Drawing() => Document().Split("```mermaid\n", 2)[1].Split("\n```", 2)[0];

    /// <summary>
    /// The room of a file (its path inside the project) or namespace (with slashes); null: it stands outside, as Program.cs does.
    /// </summary>
    public string? RoomOf(string path) =>
        _rows.Keys.Where(room => path == room || path.StartsWith($"{room}/", StringComparison.Ordinal)).MaxBy(room => room.Length);

    public string? RoomOfNamespace(string name) =>
        name.StartsWith($"{Project}.", StringComparison.Ordinal) ? RoomOf(name[(Project.Length + 1)..].Replace('.', '/')) : null;

    /// <summary>Whether a type or file of one room may name one of another.</summary>
    public bool Allows(string from, string to) => from == to || _rows[to] < _rows[from];

    private static string Document() => File.ReadAllText(Path.Combine(Sources.Root, "docs", "architecture.md"));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Folder();
}
