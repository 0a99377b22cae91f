using MailKit.Security;
using MimeKit;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// Settings <c>Mail:*</c>, checked at the start. Without a host, messages are written to a folder that the page <c>/dev/mailbox</c> shows
/// (Development only).
/// </summary>
internal sealed record MailOptions
{
    public const string SectionName = "Mail";
    public const string UnsetFrom = "no-reply@localhost";

    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTlsWhenAvailable;

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Not set: no-reply at the host of <c>PublicUrl</c>, which in Development is localhost.</summary>
    public string From { get; set; } = UnsetFrom;

    public int TimeoutSeconds { get; init; } = 20;

    public int WaitForLinkSeconds { get; init; } = 120;

    /// <summary>
    /// Whether this is an address with a domain, optionally with a display name: <c>Studio &lt;no-reply@your.domain&gt;</c>.
    /// </summary>
    public static bool IsAddress(string text) =>
        MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.IndexOf('@') is > 0 and var at && at < mailbox.Address.Length - 1;
}
