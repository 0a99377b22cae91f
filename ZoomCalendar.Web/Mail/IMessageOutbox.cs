namespace ZoomCalendar.Web.Mail;

/// <summary>A message to one person. The body can contain a personal link, so it is never logged.</summary>
internal sealed record OutgoingMessage(string To, string Subject, string Body)
{
    public string ToName { get; init; } = "";

    /// <summary>The sender's display name; empty: the app.</summary>
    public string FromName { get; init; } = "";

    public string ReplyTo { get; init; } = "";

    /// <summary>Empty: text only.</summary>
    public string Html { get; init; } = "";

    /// <summary>An invitation, as iCalendar text; empty: none.</summary>
    public string Invitation { get; init; } = "";

    /// <summary>REQUEST, CANCEL or PUBLISH: the same as in the invitation.</summary>
    public string InvitationMethod { get; init; } = "";

    /// <summary>The same on every attempt, so that a repeat can be recognized. Without angle brackets.</summary>
    public string MessageId { get; init; } = "";
}

/// <summary>Stores messages for sending. The background service sends them and retries after a failure.</summary>
internal interface IMessageOutbox
{
    Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
