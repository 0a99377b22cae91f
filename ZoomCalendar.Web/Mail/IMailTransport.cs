namespace ZoomCalendar.Web.Mail;

/// <summary>Hands one message to whoever delivers it.</summary>
internal interface IMailTransport
{
    Task<MailResult> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken);
}

internal enum MailResult
{
    Delivered,

    /// <summary>Certainly nothing of it has left.</summary>
    NotTaken,

    /// <summary>It broke off after the message may have been taken.</summary>
    Unknown,

    /// <summary>The address or the message is refused for good.</summary>
    Refused,
}
