using System.Text.RegularExpressions;

namespace ZoomCalendar.Web.Startup.Logs;

/// <summary>
/// The second line of defence. Nothing of ours logs a secret; an exception's message, or a library's, might: addresses lose their path,
/// and what looks like a token or an e-mail address is left out.
/// </summary>
internal static partial class Redaction
{
    private const string Gone = "[redacted]";

    public static string Clean(string text)
    {
        text = Addresses().Replace(text, "$1/" + Gone);
        text = Mail().Replace(text, Gone);
        text = PublicPaths().Replace(text, "$1" + Gone);
        return Tokens().Replace(text, Gone);
    }

    [GeneratedRegex("""\b([a-z]{2,8}://[^\s/"'<>]+)/[^\s"'<>]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    [GeneratedRegex("""[A-Z0-9._%+-]+@[A-Z0-9-]+(\.[A-Z0-9-]+)+""", RegexOptions.IgnoreCase)]
    private static partial Regex Mail();

    [GeneratedRegex("""(/book/(?:cancel|change|waiting)/|/confirmed/)[^\s"'?]+""")]
    private static partial Regex PublicPaths();

    // Private integrations' tokens, JSON web tokens, what Data Protection makes, and bearer headers.
    [GeneratedRegex("""\b(?:pit-[\w-]{8,}|eyJ[\w-]{10,}(?:\.[\w-]+)*|CfDJ8[\w-]{10,}|Bearer\s+\S+)""")]
    private static partial Regex Tokens();
}
