using System.Text.Json;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>Text that somebody sends to see what happens.</summary>
internal static class HostileText
{
    /// <summary>What databases, XML, headers and regular expressions stumble over, and what is merely unusual.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "\0", "a\0b", "\ufffe", "a\uffff", "\ufdd0", "\ud800", "a\udc00b", "\u200b", "\u2060\u200d", "\u202e", "\u2028", "\u0085",
        "\u001b[0m", "\u007f", "😀", "İıſß", "e\u0301", "\u0301", "%", "_", "'", "\"", "\\", "<script>", "{{contact.name}}",
        "\r\nBcc: a@b.test", "\t", " ", "\n", "../..", "a@b@c", "\ufffe@example.test", "\0@example.test", "ü@ü", new('a', 300),
        new('ü', 5_000), new('a', 40_000), "/ü\ufffe", "//evil.example", "/\ud83d\ude00?q=ü#ü",
    ];

    private static readonly string[] Meaningful =
    [
        "", "null", "true", "-1", "0", "1", "2147483648", "9223372036854775808", "1e308", "NaN", "-0", "0x10", "١٢٣", "1,5",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "2026-02-30", "2026-03-29T02:30:00",
        "2026-11-01T01:30:00", "24:00", "23:59:60", "-00:00", "1790000000000", "253402300799999", "Europe/Nowhere", "Etc/GMT+12",
        "Pacific/Apia", "America/Chicago", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "javascript:alert(1)", "data:text/html,x", "http://169.254.169.254/", "http://[::1]/", "https://user:pw@example.test/",
        "file:///etc/passwd",
        "\\\\host\\share", "'; DROP TABLE users; --", "1 OR 1=1", "${7*7}", "@(7*7)", "{0}", "%n%n%s", "*)(uid=*", "$(id)", "`id`", "|| ls",
        "<svg onload=alert(1)>", "<!--", "]]>", "&#x0;", "BEGIN:VEVENT", ";CN=x:mailto:a@b.test", "=1+1", "a b@example.test",
        "\"a\"@example.test", "a@[127.0.0.1]", "a@xn--a", "a@.", "a@-.test", "jo+x@example.test",
    ];

    /// <summary>Any text: known trouble, something with a meaning, a mixture, or letters from anywhere.</summary>
    public static string Next(Random random) => random.Next(6) switch
    {
        0 => Pick(random, Known),
        1 or 2 => Pick(random, Meaningful),
        3 => Pick(random, Meaningful) + Pick(random, Known),
        4 => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(random, Known).Take(40)).SelectMany(part => part)),
        _ => new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(0x10000))]),
    };

    /// <summary>Any JSON, and now and then what is almost JSON.</summary>
    public static string NextJson(Random random, int depth = 0) => random.Next(depth > 3 ? 8 : 12) switch
    {
        0 => "null",
        1 => Pick(random, ["true", "false"]),
        2 => Pick(random, ["0", "-1", "1", "1.5", "1e400", "-1e-400", "2147483648", "92233720368547758080", "1790000000000"]),
        3 or 4 => Quoted(Pick(random, Meaningful)),
        5 => Quoted(Next(random)),
        6 => $"\"\\u{random.Next(0x10000):x4}\"",
        7 => depth == 0 ? Pick(random, Broken) : "{}",
        8 or 9 => $"[{string.Join(',', Several(random, () => NextJson(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Several(random, () => $"{Quoted(Next(random))}:{NextJson(random, depth + 1)}"))}}}",
    };

    private static string[] Broken { get; } =
        ["{", "]", "\"", "nul", "01", "'a'", "\u0000", "//", "1,", new string('[', 100) + new string(']', 100)];

    private static IEnumerable<string> Several(Random random, Func<string> make) => Enumerable.Range(0, random.Next(4)).Select(_ => make());

    public static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
