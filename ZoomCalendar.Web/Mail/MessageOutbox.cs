using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Mail;

/// <summary>Puts messages that are not about an event (a new password, an invitation) into the durable queue.</summary>
internal sealed class MessageOutbox(
    IDbContextFactory<ZoomCalendarContext> contexts, MessageIds ids, Signals signals, TimeProvider clock) : IMessageOutbox
{
    public async Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Messages.Add(RowOf(message));
        await db.SaveChangesAsync(cancellationToken);
        signals.MessagesDue.Wake();
    }

    /// <summary>The row, for a caller that stores it in the transaction of the change.</summary>
    public Message RowOf(OutgoingMessage message)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return new Message
        {
            Id = id,
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            Address = message.To,
            Subject = message.Subject,
            Content = JsonSerializer.Serialize(message with { MessageId = ids.Of(id) }),
            DueAt = now,
            CreatedAt = now,
        };
    }
}
