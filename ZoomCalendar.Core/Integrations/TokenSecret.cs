using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Core.Integrations;

/// <summary>The secret text of an API token. It has 256 random bits, so an unsalted hash is sufficient.</summary>
public sealed class TokenSecret
{
    public const string Prefix = "pit-";

    private const int RandomBytes = 32;
    private const int EndingLength = 4;
    private const int MaxText = 200;

    private TokenSecret(string text) => Text = text;

    /// <summary>Shown once, when the token is created. Never stored or logged.</summary>
    public string Text { get; }

    public string Hash => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public string Ending => Text[^EndingLength..];

    public static TokenSecret New() => new(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <returns>Null if the text does not have the form of a token.</returns>
    public static TokenSecret? Read(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length is >= 12 and <= MaxText ? new TokenSecret(text) : null;

    public override string ToString() => "[redacted]";
}
