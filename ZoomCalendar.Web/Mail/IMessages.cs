namespace ZoomCalendar.Web.Mail;

/// <summary>A message to one person. The body may hold a personal link, so it is never logged.</summary>
internal sealed record OutgoingMessage(string To, string Subject, string Body);

/// <summary>Sends messages to people. A failure to send is the sender's to retry, never the caller's.</summary>
internal interface IMessages
{
    Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
