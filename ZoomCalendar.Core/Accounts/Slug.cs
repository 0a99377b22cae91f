using System.Globalization;
using System.Text;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A name as a URL segment: lower-case letters, digits and single hyphens.</summary>
public static class Slug
{
    private const int MaxLength = 40;

    /// <summary>
    /// Segments of the public pages' own addresses, such as <c>/book/cancel/{token}</c> and <c>/book/{business}/{calendar}/wait</c>. A
    /// business or a calendar with one of them as its address could not be reached.
    /// </summary>
    public static IReadOnlyList<string> Reserved { get; } = ["cancel", "change", "changes", "confirmed", "leave", "wait", "waiting"];

    public static bool IsReserved(string slug) => Reserved.Contains(slug);

    /// <summary>Never a reserved word: "Waiting" becomes <c>waiting-calendar</c>.</summary>
    /// <param name="name">The name to convert.</param>
    /// <param name="otherwise">What the address belongs to. The result for a name without ASCII letters or digits.</param>
    public static string Of(string name, string otherwise = "business")
    {
        var text = new StringBuilder();
        foreach (var character in StorableText.Clean(name).Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                text.Append(character);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark
                && text is { Length: > 0 }
                && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var slug = text.ToString(0, Math.Min(text.Length, MaxLength)).Trim('-');
        return slug.Length == 0 ? otherwise : IsReserved(slug) ? $"{slug}-{otherwise}" : slug;
    }
}
