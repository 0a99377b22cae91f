using System.Globalization;
using System.Text;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Text as it is searched for: without case, accents and spelling variants, so that "oz", "ÖZ" and "Öz" find each other. Folded here and not
/// by the database, because each database folds differently. Stored beside the text; what is searched for is folded the same way.
/// </summary>
public static class SearchKey
{
    /// <summary>Several texts, none of which a search runs into the next.</summary>
    public static string Of(params ReadOnlySpan<string> texts)
    {
        var key = new StringBuilder();
        foreach (var text in texts)
        {
            key.Append(key.Length > 0 ? "\n" : "").Append(Of(text));
        }

        return key.ToString();
    }

    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var rune in StorableText.Clean(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                key.Append(key.Length > 0 && key[^1] != ' ' ? " " : "");
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control))
            {
                key.Append(Fold(rune));
            }
        }

        return key.ToString().TrimEnd();
    }

    // Upper case first: some letters have two small forms (σ and ς).
    private static string Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)) switch
    {
        // What no decomposition knows, as people type it on a keyboard without it.
        { Value: 'ß' } => "ss",
        { Value: 'ı' } => "i",
        { Value: 'ø' } => "o",
        { Value: 'ł' } => "l",
        { Value: 'đ' or 'ð' } => "d",
        { Value: 'æ' } => "ae",
        { Value: 'œ' } => "oe",
        { Value: 'þ' } => "th",
        var letter => letter.ToString(),
    };
}
