using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Mail;

/// <summary>A preview of messages for one appointment: its data is read once and rendered after each key press.</summary>
internal sealed record MessagePreview(MessageRenderer Renderer, MessageFacts Facts, DateTimeOffset Now)
{
    public OutgoingMessage Of(MessageKind kind, MessageReceiver receiver, string subject, string body)
    {
        var booker = Facts.Appointment.Booker;
        var to = receiver is MessageReceiver.Booker
            ? new ReceiverAddress(booker.Email, booker.Name, booker.TimeZone)
            : new ReceiverAddress(Facts.HostEmail, Facts.HostName, Facts.CalendarTimeZone);
        var message = new Message
        {
            Id = Guid.Empty,
            Kind = kind,
            Receiver = receiver,
            FormerStart = kind is MessageKind.Change ? Facts.Appointment.Start.AddDays(-1) : null,
        };
        return Renderer.Preview(message, Facts, to, (subject, body), Now);
    }
}

internal sealed class MessagePreviews(IDbContextFactory<ZoomCalendarContext> contexts, MessageRenderer renderer)
{
    /// <summary>Uses the next appointment, else the last one. Null: there is none, or the actor is not an admin.</summary>
    public async Task<MessagePreview?> OpenAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Memberships.AnyAsync(
            row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId && row.Role == Role.Admin, cancellationToken))
        {
            return null;
        }

        var appointments = db.Appointments.Where(row => row.SubAccountId == actor.SubAccountId && row.Status != AppointmentStatus.Deleted
            && row.Status != AppointmentStatus.Cancelled);
        var id = await appointments.Where(row => row.Start > now).OrderBy(row => row.Start).Select(row => (AppointmentId?)row.Id)
            .FirstOrDefaultAsync(cancellationToken)
            ?? await appointments.OrderByDescending(row => row.Start).Select(row => (AppointmentId?)row.Id)
                .FirstOrDefaultAsync(cancellationToken);
        return id is { } found && await MessageFacts.LoadAsync(db, found, now, cancellationToken) is { } facts
            ? new MessagePreview(renderer, facts, now)
            : null;
    }
}
