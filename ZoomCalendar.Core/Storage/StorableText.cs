using System.Globalization;
using System.Text;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Text that every database, XML, mail and header can hold. .NET strings may hold more: NUL, which PostgreSQL refuses, halves of surrogate
/// pairs, which no encoding has, and noncharacters, which XML and <see cref="string.Normalize()"/> refuse.
/// </summary>
public static class StorableText
{
    private const char Replacement = '\ufffd';

    // Unicode counts these among the letters and symbols, and yet they leave no mark.
    private static readonly int[] InvisibleLetters = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>Control characters but line breaks and tabs, and noncharacters, are left out; half a surrogate pair becomes U+FFFD.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text) || IsClean(text))
        {
            return text ?? "";
        }

        var clean = new StringBuilder(text.Length);
        // Half a pair is read as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsKept(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>Whether <see cref="Clean"/> would leave it as it is.</summary>
    public static bool IsClean(string text)
    {
        for (var index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune) || !IsKept(rune))
            {
                return false;
            }

            index += rune.Utf16SequenceLength;
        }

        return true;
    }

    /// <summary>Whether nobody could see it: empty, or nothing but spaces, control and format characters, and marks without a letter.</summary>
    public static bool IsBlank(string? text) => text is null || text.EnumerateRunes().All(IsInvisible);

    /// <summary>One clean line: line breaks and other control characters become spaces. Titles and names stand in mail headers and in Zoom's topic.</summary>
    public static string OneLine(string text) =>
        Clean(string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character))).Trim();

    /// <summary>At most <paramref name="longest"/> UTF-16 units, never half of what a reader takes for one character.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is > 0 and var length && end + length <= longest)
        {
            end += length;
        }

        return text[..end];
    }

    /// <summary>
    /// What a column may hold, the last line of defence for whatever came past <see cref="Clean"/>: without NUL and halves of pairs.
    /// </summary>
    internal static string ForColumn(string text)
    {
        var span = text.AsSpan();
        if (!span.Contains('\0') && !span.ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    private static bool IsKept(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => true,
        >= 0xFDD0 and <= 0xFDEF => false,
        var value when (value & 0xFFFE) == 0xFFFE => false,
        _ => !Rune.IsControl(rune),
    };

    private static bool IsInvisible(Rune rune) =>
        rune.Value == Replacement || Rune.IsWhiteSpace(rune) || InvisibleLetters.Contains(rune.Value) || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned;
}
