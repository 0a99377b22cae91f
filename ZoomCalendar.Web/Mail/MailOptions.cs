using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using MimeKit;

namespace ZoomCalendar.Web.Mail;

/// <summary>Settings <c>Mail:*</c>. Without a host, messages go to a folder that the page <c>/dev/mailbox</c> shows (Development only).</summary>
internal sealed record MailOptions : IValidatableObject
{
    public const string SectionName = "Mail";

    public string Host { get; init; } = "";

    [Range(1, 65_535, ErrorMessage = "Mail:Port is not a port. Set it to 587, 465 or 25.")]
    public int Port { get; init; } = 587;

    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTlsWhenAvailable;

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public string From { get; init; } = "no-reply@localhost";

    // Shorter than the lease of a message: nobody else sends it meanwhile.
    [Range(5, 45, ErrorMessage = "Mail:TimeoutSeconds must be 5 to 45.")]
    public int TimeoutSeconds { get; init; } = 20;

    [Range(0, 3_600, ErrorMessage = "Mail:WaitForLinkSeconds must be 0 to 3600.")]
    public int WaitForLinkSeconds { get; init; } = 120;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailboxAddress.TryParse(From, out _))
        {
            yield return new ValidationResult($"Mail:From is not an e-mail address: \"{From}\". Set it to no-reply@your.domain.");
        }
    }
}
