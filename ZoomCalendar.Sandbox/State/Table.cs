using System.Text.Json;

namespace ZoomCalendar.Sandbox.State;

/// <summary>
/// Rows by key, also found by group (a meeting's host, a token's user). Not thread-safe: used inside <see cref="SandboxStore"/>'s lock.
/// </summary>
internal sealed class Table<T>(string name, Func<T, string>? group, List<Journal.Entry> pending) : ITable
    where T : class
{
    private readonly Dictionary<string, T> _rows = [];
    private readonly Dictionary<string, Dictionary<string, T>> _groups = [];

    public string Name => name;

    public IReadOnlyCollection<T> Rows => _rows.Values;

    public T? Find(string key) => _rows.GetValueOrDefault(key);

    public IReadOnlyCollection<T> In(string groupKey) => _groups.TryGetValue(groupKey, out var rows) ? rows.Values : [];

    public void Put(string key, T row)
    {
        Forget(key);
        Keep(key, row);
        pending.Add(new Journal.Entry($"{name}/{key}", row));
    }

    public void Remove(string key)
    {
        if (Forget(key))
        {
            pending.Add(new Journal.Entry($"{name}/{key}", null));
        }
    }

    public void Load(string key, JsonElement value) => Keep(key, value.Deserialize<T>(SandboxJson.Plain)!);

    private void Keep(string key, T row)
    {
        _rows[key] = row;

        if (group is not null)
        {
            var of = group(row);

            if (!_groups.TryGetValue(of, out var rows))
            {
                _groups[of] = rows = [];
            }

            rows[key] = row;
        }
    }

    private bool Forget(string key)
    {
        if (!_rows.Remove(key, out var row))
        {
            return false;
        }

        if (group is not null)
        {
            _groups[group(row)].Remove(key);
        }

        return true;
    }
}

internal interface ITable
{
    string Name { get; }

    void Load(string key, JsonElement value);
}
