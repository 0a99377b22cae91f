using System.Text.Json;

namespace ZoomCalendar.Sandbox.State;

/// <summary>
/// The state on disk: one line per change, each a list of keys and their new values (null: gone). A line is handed to the operating system
/// in one write before the answer is sent, so a killed process loses nothing. A torn last line is a change that was not answered.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    public static Journal Open(string path, out IReadOnlyDictionary<string, JsonElement> values)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        values = File.Exists(full) ? Read(full) : new Dictionary<string, JsonElement>();
        Compact(full, values);

        return new Journal(new FileStream(full, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

    public void Append(IReadOnlyList<Entry> entries)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entries, SandboxJson.Plain);

        _file.Write([.. json, (byte)'\n']);
    }

    public void Dispose() => _file.Dispose();

    private static Dictionary<string, JsonElement> Read(string path)
    {
        var values = new Dictionary<string, JsonElement>();

        foreach (var line in File.ReadLines(path))
        {
            if (!TryParse(line, out var entries))
            {
                continue;
            }

            foreach (var entry in entries)
            {
                if (entry.Value is JsonElement { ValueKind: not JsonValueKind.Null } value)
                {
                    values[entry.Key] = value;
                }
                else
                {
                    values.Remove(entry.Key);
                }
            }
        }

        return values;
    }

    private static bool TryParse(string line, out IReadOnlyList<Entry> entries)
    {
        try
        {
            entries = JsonSerializer.Deserialize<List<Entry>>(line, SandboxJson.Plain) ?? [];
            return true;
        }
        catch (JsonException)
        {
            entries = [];
            return false;
        }
    }

    private static void Compact(string path, IReadOnlyDictionary<string, JsonElement> values)
    {
        var temporary = path + ".new";

        using (var writer = new StreamWriter(temporary))
        {
            foreach (var (key, value) in values)
            {
                writer.Write(JsonSerializer.Serialize<IReadOnlyList<Entry>>([new Entry(key, value)], SandboxJson.Plain));
                writer.Write('\n');
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    internal sealed record Entry(string Key, object? Value);
}
