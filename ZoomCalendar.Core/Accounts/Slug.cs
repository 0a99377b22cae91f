using System.Globalization;
using System.Text;

namespace ZoomCalendar.Web.Accounts;

/// <summary>A name as a part of an address: small letters, digits and single hyphens.</summary>
internal static class Slug
{
    private const int MaxLength = 40;

    public static string Of(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
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
        return slug.Length == 0 ? "business" : slug;
    }
}
