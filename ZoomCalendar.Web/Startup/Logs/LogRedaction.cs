using System.Text.RegularExpressions;

namespace ZoomCalendar.Web.Startup.Logs;

/// <summary>
/// Removes secrets from log text: paths of addresses, tokens and e-mail addresses. The app logs none itself; exceptions and libraries can.
/// </summary>
internal static partial class LogRedaction
{
    private const string Replacement = "[redacted]";

    public static string Clean(string text)
    {
        text = Addresses().Replace(text, "$1/" + Replacement);
        text = Mail().Replace(text, Replacement);
        text = PublicPaths().Replace(text, "$1" + Replacement);
        return Tokens().Replace(text, Replacement);
    }

    [GeneratedRegex("""\b([a-z]{2,8}://[^\s/"'<>]+)/[^\s"'<>]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    [GeneratedRegex("""[A-Z0-9._%+-]+@[A-Z0-9-]+(\.[A-Z0-9-]+)+""", RegexOptions.IgnoreCase)]
    private static partial Regex Mail();

    [GeneratedRegex("""(/book/(?:cancel|change|waiting)/|/confirmed/)[^\s"'?]+""")]
    private static partial Regex PublicPaths();

    // API tokens, JSON web tokens, values protected by Data Protection, and bearer headers.
    [GeneratedRegex("""\b(?:pit-[\w-]{8,}|eyJ[\w-]{10,}(?:\.[\w-]+)*|CfDJ8[\w-]{10,}|Bearer\s+\S+)""")]
    private static partial Regex Tokens();
}
