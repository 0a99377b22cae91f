using System.Net;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// The HTML of a message: its encoded text in paragraphs. Only the given addresses are links: the app's own and the meeting's. What a
/// visitor typed is text, also where it is an address. User input never becomes markup.
/// </summary>
internal static partial class HtmlBody
{
    /// <summary>Only punctuation between an address and the next blank: what goes on is another address.</summary>
    private const string End = @"(?=[^\w\s/@&=#%+~$-]*(?:\s|\z))";

    /// <param name="text">The whole text of the message.</param>
    /// <param name="links">The addresses that may be links. Others, and empty ones, are left out.</param>
    public static string Of(string text, params IEnumerable<string> links)
    {
        // The longest first: one address may be the beginning of another.
        var addresses = links.Where(link => IsAddress().IsMatch(link)).Distinct().OrderByDescending(link => link.Length)
            .Select(link => $"{Regex.Escape(link)}{End}").ToList();
        var pattern = addresses.Count == 0 ? null : $"({string.Join('|', addresses)})";
        var paragraphs = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(paragraph =>
                $"<p style=\"margin:0 0 16px\">{string.Join("<br>\n", paragraph.Split('\n').Select(line => Line(line, pattern)))}</p>");
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
            <body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
            <div style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
            {string.Join('\n', paragraphs)}
            </div></body></html>
            """;
    }

    /// <summary>The addresses in a text that staff wrote: a meeting place of their own.</summary>
    public static IEnumerable<string> AddressesIn(string text) => Address().Matches(text).Select(match => match.Value);

    private static string Line(string line, string? pattern)
    {
        if (pattern is null)
        {
            return WebUtility.HtmlEncode(line);
        }

        // Every second part is an address: the pattern has one group.
        return string.Concat(Regex.Split(line, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Select((part, index) => index % 2 == 1
            ? $"<a href=\"{WebUtility.HtmlEncode(part)}\">{WebUtility.HtmlEncode(part)}</a>"
            : WebUtility.HtmlEncode(part)));
    }

    [GeneratedRegex(@"https?://[^\s<>""]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^https?://[^\s<>""]+\z")]
    private static partial Regex IsAddress();
}
