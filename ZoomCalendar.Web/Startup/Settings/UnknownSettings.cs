using System.Globalization;

namespace ZoomCalendar.Web.Startup.Settings;

/// <summary>
/// Warns of keys that look like settings of this app but are not. A mistyped key would otherwise have no effect and no message.
/// </summary>
internal static class UnknownSettings
{
    private const int MaxDistance = 2;
    private const int MinLength = 6;

    /// <returns>A sentence for each key, without its value.</returns>
    public static IReadOnlyList<string> Warnings(IConfiguration configuration) =>
    [
        .. configuration.AsEnumerable().Where(pair => pair.Value is not null)
            .Select(pair => pair.Key)
            .Order(StringComparer.Ordinal)
            .Select(Warning)
            .OfType<string>(),
    ];

    private static string? Warning(string key)
    {
        var parts = key.Split(':');
        if (KnownSettings.All.Any(setting => IsOrContains(setting.Key, key)))
        {
            return null;
        }

        if (parts.Length > 1 && KnownSettings.Roots.Contains(parts[0]))
        {
            var siblings = KnownSettings.All.Select(setting => setting.Key)
                .Where(known => known.StartsWith($"{parts[0]}:", StringComparison.OrdinalIgnoreCase));
            return Sentence(key, siblings.MinBy(known => (Distance(known, key), Letters(known) == Letters(key) ? 0 : 1)));
        }

        // Variables of other programs have short names. A long name that is similar to ours is probably meant for this app.
        var near = KnownSettings.Roots
            .Where(root => root.Length >= MinLength && IsSection(root) == parts.Length > 1 && Distance(root, parts[0]) <= MaxDistance)
            .MinBy(root => Distance(root, parts[0]));
        return near is null ? null : Sentence(key, string.Join(':', [near, .. parts[1..]]));
    }

    private static string Sentence(string key, string? meant) =>
        $"{key} is not a setting of this app and changes nothing.{(meant is null ? "" : $" Did you mean {meant}?")}";

    private static bool IsSection(string root) =>
        KnownSettings.All.Any(setting => setting.Key.StartsWith($"{root}:", StringComparison.Ordinal));

    // The items of a list have numbered keys.
    private static bool IsOrContains(string known, string key) =>
        string.Equals(known, key, StringComparison.OrdinalIgnoreCase)
        || (key.StartsWith($"{known}:", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(key[(known.Length + 1)..], CultureInfo.InvariantCulture, out _));

    // Two exchanged letters are the most frequent mistake.
    private static string Letters(string key) => string.Concat(key.ToUpperInvariant().Order());

    /// <summary>The Levenshtein distance, ignoring case.</summary>
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
