using System.Globalization;
using System.Text;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A name as a part of an address: small letters, digits and single hyphens.</summary>
public static class Slug
{
    private const int MaxLength = 40;

    /// <param name="name">What it is to be read from.</param>
    /// <param name="otherwise">For a name without a letter or digit of ours.</param>
    public static string Of(string name, string otherwise = "business")
    {
        var text = new StringBuilder();
        foreach (var character in Decomposed(name).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                text.Append(character);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark && text is { Length: > 0 } && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var slug = text.ToString(0, Math.Min(text.Length, MaxLength)).Trim('-');
        return slug.Length == 0 ? otherwise : slug;
    }

    private static string Decomposed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half a character, or one that Unicode has none of: such a name is an address without its accents.
            return name;
        }
    }
}
