using MimeKit;
using MimeKit.Text;

namespace ZoomCalendar.Web.Mail;

/// <summary>Builds MIME messages: text, HTML and the invitation as alternatives, and the invitation again as an attachment.</summary>
internal static class MimeMessages
{
    public static MimeMessage Of(OutgoingMessage message, MailboxAddress from, DateTimeOffset now)
    {
        var mime = new MimeMessage { Subject = message.Subject, Body = BodyOf(message), Date = now };
        mime.From.Add(new MailboxAddress(message.FromName.Length > 0 ? message.FromName : from.Name, from.Address));
        mime.To.Add(new MailboxAddress(message.ToName, message.To));
        if (MailboxAddress.TryParse(message.ReplyTo, out var replyTo))
        {
            mime.ReplyTo.Add(replyTo);
        }

        if (message.MessageId.Length > 0)
        {
            mime.MessageId = message.MessageId;
        }

        // Prevents out-of-office replies.
        mime.Headers.Add("Auto-Submitted", "auto-generated");
        return mime;
    }

    private static MimeEntity BodyOf(OutgoingMessage message)
    {
        var text = new TextPart(TextFormat.Plain) { Text = message.Body };
        if (message.Html.Length == 0 && message.Invitation.Length == 0)
        {
            return text;
        }

        var alternatives = new MultipartAlternative { text };
        if (message.Html.Length > 0)
        {
            alternatives.Add(new TextPart(TextFormat.Html) { Text = message.Html });
        }

        if (message.Invitation.Length == 0)
        {
            return alternatives;
        }

        alternatives.Add(Calendar(message));
        var file = Calendar(message);
        file.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "invitation.ics" };
        return new Multipart("mixed") { alternatives, file };
    }

    private static TextPart Calendar(OutgoingMessage message)
    {
        var part = new TextPart("calendar") { Text = message.Invitation };
        part.ContentType.Parameters.Add("method", message.InvitationMethod);
        return part;
    }
}
