using System.Globalization;
using System.Text;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Text that every database, XML, mail and HTTP header can hold. A .NET string may also contain NUL (rejected by PostgreSQL), unpaired
/// surrogates (not encodable) and noncharacters (rejected by XML and <see cref="string.Normalize()"/>).
/// </summary>
public static class StorableText
{
    private const char Replacement = '\ufffd';

    // Unicode classifies these as letters or symbols, but they are not visible.
    private static readonly int[] InvisibleLetters = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>
    /// Removes noncharacters and all control characters except line breaks and tabs. An unpaired surrogate becomes U+FFFD.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text) || IsClean(text))
        {
            return text ?? "";
        }

        var clean = new StringBuilder(text.Length);
        // EnumerateRunes returns U+FFFD for an unpaired surrogate.
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsKept(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>True if <see cref="Clean"/> would not change the text.</summary>
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

    /// <summary>
    /// True if the text has no visible character: it is empty, or has only spaces, control and format characters, and marks without a
    /// letter.
    /// </summary>
    public static bool IsBlank(string? text) => text is null || text.EnumerateRunes().All(IsInvisible);

    /// <summary>
    /// Clean text on one line: line breaks and other control characters become spaces. Use it for titles and names, which go into mail
    /// headers and Zoom topics.
    /// </summary>
    public static string OneLine(string text) =>
        Clean(
            string.Concat(
                text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character))).Trim();

    /// <summary>Shortens the text to at most <paramref name="longest"/> UTF-16 units. It never splits a grapheme cluster.</summary>
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
    /// Removes NUL and replaces unpaired surrogates: the last safeguard for text that did not go through <see cref="Clean"/>.
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
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.OtherNotAssigned;
}
