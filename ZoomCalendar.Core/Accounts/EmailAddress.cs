using System.Globalization;
using System.Net.Mail;
using System.Text;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// The one rule for e-mail addresses, of bookers, contacts, users and invitations alike: which there are, and which are the same.
/// Case and the way an accent or a domain is encoded make no difference; an accent itself does.
/// </summary>
public static class EmailAddress
{
    /// <summary>In UTF-16 units, as typed and as compared.</summary>
    public const int MaxLength = 254;

    public const string Problem = "Enter an e-mail address such as jo@example.com.";

    private static readonly IdnMapping International = new();

    /// <summary>As it is stored: without spaces around it, each accented letter as one character.</summary>
    public static string Clean(string? typed) => IsWritable(typed ?? "") ? (typed ?? "").Trim().Normalize() : (typed ?? "").Trim();

    /// <summary>Whether mail could be sent there: one address, without a name beside it.</summary>
    public static bool IsValid(string? typed)
    {
        var address = Clean(typed);
        return address.Length is > 0 and <= MaxLength
            && IsWritable(address)
            && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address
            && Ascii(address[(address.LastIndexOf('@') + 1)..]) is not null
            && Key(address).Length <= MaxLength;
    }

    /// <summary>Equal for all ways to write one address.</summary>
    public static string Key(string typed)
    {
        var address = StorableText.Clean(typed).Trim().Normalize();
        var at = address.LastIndexOf('@');
        var key = at < 0 ? address : $"{address[..at]}@{Ascii(address[(at + 1)..]) ?? address[(at + 1)..]}";
        // Upper case first: some letters have two small forms.
        return key.ToUpperInvariant().ToLowerInvariant();
    }

    /// <summary><see cref="Key"/> as users and contacts have it stored.</summary>
    public static string UpperKey(string typed) => Key(typed).ToUpperInvariant();

    /// <summary>Nothing that cannot be seen, so that no two addresses look the same.</summary>
    private static bool IsWritable(string text) =>
        StorableText.IsClean(text)
        && text.Trim().EnumerateRunes().All(rune => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
            (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <returns>Null: a domain that cannot be written in ASCII, so nobody finds it.</returns>
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
