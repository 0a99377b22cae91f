using System.Text;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// Folds iCalendar text into lines of at most 75 octets in UTF-8, between characters, as RFC 5545 (3.1) requires. Ical.Net counts UTF-16
/// units and splits surrogate pairs, so its output is unfolded and folded again.
/// </summary>
internal static class LineFolding
{
    private const int MaxOctets = 75;
    private const string Fold = "\r\n ";

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace(Fold, "", StringComparison.Ordinal).Split("\r\n"))
        {
            Append(folded, line);
            folded.Append("\r\n");
        }

        // Removes the line break after the last line.
        folded.Length -= 2;
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxOctets)
            {
                folded.Append(Fold);
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
    }
}
