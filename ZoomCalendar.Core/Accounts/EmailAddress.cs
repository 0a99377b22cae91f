using System.Globalization;
using System.Net.Mail;
using System.Text;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Validates and compares e-mail addresses, in the same way for bookers, contacts, users and invitations. Case, Unicode normalization and
/// the encoding of the domain make no difference; accents do.
/// </summary>
public static class EmailAddress
{
    /// <summary>The maximum length in UTF-16 units, for the address and for its key.</summary>
    public const int MaxLength = 254;

    public const string Problem = "Enter an email address such as jo@example.com.";

    private static readonly IdnMapping International = new();

    /// <summary>The form that is stored: trimmed, and in Unicode normalization form C.</summary>
    public static string Clean(string? typed) => IsWritable(typed ?? "") ? (typed ?? "").Trim().Normalize() : (typed ?? "").Trim();

    /// <summary>True if mail can be sent to the address. It must be one address without a display name.</summary>
    public static bool IsValid(string? typed)
    {
        var address = Clean(typed);
        return address.Length is > 0 and <= MaxLength
            && IsWritable(address)
            && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address
            && Ascii(address[(address.LastIndexOf('@') + 1)..]) is not null
            && Key(address).Length <= MaxLength;
    }

    /// <summary>A key that is equal for all spellings of one address.</summary>
    public static string Key(string typed)
    {
        var address = StorableText.Clean(typed).Trim().Normalize();
        var at = address.LastIndexOf('@');
        var key = at < 0 ? address : $"{address[..at]}@{Ascii(address[(at + 1)..]) ?? address[(at + 1)..]}";
        // Upper case first: some letters have two lower-case forms.
        return key.ToUpperInvariant().ToLowerInvariant();
    }

    /// <summary><see cref="Key"/> in upper case, the form that is stored for users and contacts.</summary>
    public static string UpperKey(string typed) => Key(typed).ToUpperInvariant();

    /// <summary>Rejects invisible characters, so that no two addresses look the same.</summary>
    private static bool IsWritable(string text) =>
        StorableText.IsClean(text)
        && text.Trim().EnumerateRunes().All(rune => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
            (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <returns>Null: the domain cannot be converted to ASCII.</returns>
    private static string? Ascii(string domain)
    {
        try
        {
            return domain.All(char.IsAscii) ? domain : International.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
