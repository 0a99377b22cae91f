using System.Globalization;
using System.Text;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// A normalized form of text for searching, without case, accents and spelling variants: "oz", "ÖZ" and "Öz" are equal. It is computed here
/// because each database folds text differently. It is stored beside the text, and search terms are normalized in the same way.
/// </summary>
public static class SearchKey
{
    /// <summary>The key of several texts. A search does not match across two of them.</summary>
    public static string Of(params ReadOnlySpan<string> texts)
    {
        var key = new StringBuilder();
        foreach (var text in texts)
        {
            key.Append(key.Length > 0 ? "\n" : "").Append(Of(text));
        }

        return key.ToString();
    }

    /// <summary>The key of one text.</summary>
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var rune in StorableText.Clean(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                key.Append(key.Length > 0 && key[^1] != ' ' ? " " : "");
            }
            else if (
                Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control))
            {
                key.Append(Fold(rune));
            }
        }

        return key.ToString().TrimEnd();
    }

    // Upper case first: some letters have two lower-case forms (σ and ς).
    private static string Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)) switch
    {
        // Letters without a Unicode decomposition, as people type them on other keyboards.
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
