namespace ZoomCalendar.Web.Mail;

/// <summary>Delivers one message.</summary>
internal interface IMailTransport
{
    Task<MailResult> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken);
}

internal enum MailResult
{
    Delivered,

    /// <summary>The message was certainly not sent.</summary>
    NotTaken,

    /// <summary>The connection ended when the server may already have accepted the message.</summary>
    Unknown,

    /// <summary>The address or the message is refused permanently.</summary>
    Refused,
}
