using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Sends the link to everything that is stored under an address to that address, within the limits on messages.</summary>
internal sealed class DataMail(
    IDbContextFactory<ZoomCalendarContext> contexts,
    DataLinks links,
    AccountLimits limits,
    AttemptCounters attempts,
    MessageIds ids,
    PublicUrl publicUrl,
    Signals signals)
{
    /// <returns>A sentence about the problem; null: the message is stored.</returns>
    public async Task<PublicSentence?> SendAsync(
        SubAccountId subAccount, string business, string email, HttpContext context, DateTimeOffset now)
    {
        var stop = context.RequestAborted;
        if (await attempts.TakeAsync(limits.MessagesOfVisitor, VisitorAddress.Of(context), now, stop) is not null
            || await attempts.TakeAsync(limits.MessagesToMailbox, EmailAddress.UpperKey(email), now, stop) is not null
            || await attempts.TakeAsync(limits.AllMessages, "", now, stop) is not null)
        {
            return new PublicSentence(
                PublicStrings.Loc["Several messages were requested already. Look into your mailbox, or try again in an hour."]);
        }

        var id = Guid.CreateVersion7(now);
        var link = publicUrl.Of(context.Request, BookingUrls.Data(links.Make(subAccount, email, now)));
        var mail = new OutgoingMessage(
            email,
            $"Your data at {business}",
            $"Somebody, probably you, asked for the data that {business} has stored under this address.\n\n"
                + $"See, download or erase them here within two hours:\n{link}\n\nIf it was not you, do nothing.")
        {
            MessageId = ids.Of(id),
        };
        await using var db = await contexts.CreateDbContextAsync(stop);
        db.Messages.Add(new Message
        {
            Id = id,
            SubAccountId = subAccount,
            Kind = MessageKind.Account,
            // A booker's: it is erased with their other messages.
            Receiver = MessageReceiver.Booker,
            Address = email,
            Subject = mail.Subject,
            Content = JsonSerializer.Serialize(mail),
            DueAt = now,
            CreatedAt = now,
        });
        await db.SaveChangesAsync(stop);
        signals.MessagesDue.Wake();
        return null;
    }
}
