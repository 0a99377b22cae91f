using System.Text;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// Lines of iCalendar text of at most 75 octets in UTF-8, folded between characters as RFC 5545 (3.1) asks. Ical.Net counts UTF-16 units and
/// halves surrogate pairs, so what it writes is unfolded and folded anew.
/// </summary>
internal static class LineFolding
{
    private const int MostOctets = 75;
    private const string Fold = "\r\n ";

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace(Fold, "", StringComparison.Ordinal).Split("\r\n"))
        {
            Append(folded, line);
            folded.Append("\r\n");
        }

        // One line break more than there were.
        folded.Length -= 2;
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                folded.Append(Fold);
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
    }
}
