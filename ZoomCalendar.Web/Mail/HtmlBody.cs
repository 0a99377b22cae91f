using System.Net;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Web.Mail;

/// <summary>The HTML of a message: its encoded text in paragraphs, with addresses as links. User input never becomes markup.</summary>
internal static partial class HtmlBody
{
    public static string Of(string text)
    {
        var paragraphs = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(paragraph => $"<p style=\"margin:0 0 16px\">{string.Join("<br>\n", paragraph.Split('\n').Select(Line))}</p>");
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
            <body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
            <div style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
            {string.Join('\n', paragraphs)}
            </div></body></html>
            """;
    }

    private static string Line(string line)
    {
        var parts = Address().Split(line);
        return string.Concat(parts.Select(part => part.StartsWith("http", StringComparison.Ordinal)
            ? $"<a href=\"{WebUtility.HtmlEncode(part)}\">{WebUtility.HtmlEncode(part)}</a>"
            : WebUtility.HtmlEncode(part)));
    }

    [GeneratedRegex(@"(https?://[^\s<>""]+)")]
    private static partial Regex Address();
}
