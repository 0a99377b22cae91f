namespace ZoomCalendar.Web.Startup.Settings;

/// <summary>Settings that look like ours and are none: a slip of the finger would otherwise leave a default in place without a word.</summary>
internal static class UnknownSettings
{
    private const int Similar = 2;
    private const int Short = 6;

    /// <returns>A sentence for each, without its value.</returns>
    public static IReadOnlyList<string> Warnings(IConfiguration configuration) =>
        [.. configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key).Order(StringComparer.Ordinal).Select(Warning).OfType<string>()];

    private static string? Warning(string key)
    {
        var parts = key.Split(':');
        if (KnownSettings.All.Any(setting => IsOrHolds(setting.Key, key)))
        {
            return null;
        }

        if (parts.Length > 1 && KnownSettings.Roots.Contains(parts[0]))
        {
            var siblings = KnownSettings.All.Select(setting => setting.Key).Where(known => known.StartsWith($"{parts[0]}:", StringComparison.OrdinalIgnoreCase));
            return Sentence(key, siblings.MinBy(known => (Distance(known, key), Letters(known) == Letters(key) ? 0 : 1)));
        }

        // Words of other programs are short; a long one that is nearly ours is meant for us.
        var near = KnownSettings.Roots
            .Where(root => root.Length >= Short && IsSection(root) == parts.Length > 1 && Distance(root, parts[0]) <= Similar)
            .MinBy(root => Distance(root, parts[0]));
        return near is null ? null : Sentence(key, string.Join(':', [near, .. parts[1..]]));
    }

    private static string Sentence(string key, string? meant) =>
        $"{key} is not a setting of this app and changes nothing.{(meant is null ? "" : $" Did you mean {meant}?")}";

    private static bool IsSection(string root) => KnownSettings.All.Any(setting => setting.Key.StartsWith($"{root}:", StringComparison.Ordinal));

    // A list has numbered keys below its own.
    private static bool IsOrHolds(string known, string key) =>
        string.Equals(known, key, StringComparison.OrdinalIgnoreCase)
        || (key.StartsWith($"{known}:", StringComparison.OrdinalIgnoreCase) && int.TryParse(key[(known.Length + 1)..], out _));

    // Two letters that have changed places are the likeliest slip.
    private static string Letters(string key) => string.Concat(key.ToUpperInvariant().Order());

    /// <summary>How many letters have to be put in, taken out or exchanged, in any case.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1;
                left = Math.Min(Math.Min(row[j] + 1, left + 1), diagonal + cost);
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
