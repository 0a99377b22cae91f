using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// Takes due messages from the queue: renders them, hands them to the transport, notes what came of it. Several sub-accounts side by side, each sub-account's one
/// after the other, so that one tenant's slow mailbox keeps nobody else's mail.
/// </summary>
internal sealed partial class MessageSender(
    IDbContextFactory<ZoomCalendarContext> contexts, MessageQueue queue, MessageRenderer renderer, WaitingListMessages waitingLetters, NoticeMessages noticeLetters, IMailTransport transport, TimeProvider clock, ILogger<MessageSender> logger)
{
    private const int SideBySide = 8;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Ends when nothing is due and nothing on its way; until then what becomes due meanwhile is sent as well.</summary>
    /// <returns>How many messages were looked at.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        var inFlight = new Dictionary<Task, Message>();
        try
        {
            while (true)
            {
                while (inFlight.Count < SideBySide && !cancellationToken.IsCancellationRequested
                    && await queue.LeaseNextAsync(clock.GetUtcNow(), BusySenders.With(inFlight.Values), cancellationToken) is { } message)
                {
                    looked++;
                    inFlight.Add(SendOneAsync(message, cancellationToken), message);
                    await EndedAsync(inFlight);
                }

                if (inFlight.Count == 0)
                {
                    return looked;
                }

                using var noLonger = new CancellationTokenSource();
                await Task.WhenAny([.. inFlight.Keys, Task.Delay(Look, clock, noLonger.Token)]);
                await noLonger.CancelAsync();
                await EndedAsync(inFlight);
            }
        }
        finally
        {
            // Whatever happened to one of them: what was begun is seen to its end.
            await Task.WhenAll(inFlight.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <exception cref="OperationCanceledException">The app stops.</exception>
    private static async Task EndedAsync(Dictionary<Task, Message> inFlight)
    {
        foreach (var ended in inFlight.Keys.Where(task => task.IsCompleted).ToList())
        {
            inFlight.Remove(ended);
            await ended;
        }
    }

    private async Task SendOneAsync(Message message, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await queue.ReleaseAsync(message, CancellationToken.None);
            throw;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not System.Data.Common.DbException)
        {
            // One message that cannot be made must not hold up the others.
            Log.MessageFailed(logger, message.Id, exception);
            await queue.MarkFailedAsync(message, exception.GetType().Name, isFinal: false, isNotTaken: true, clock.GetUtcNow(), cancellationToken);
        }
    }

    private async Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        var content = message.Content.Length > 0
            ? JsonSerializer.Deserialize<OutgoingMessage>(message.Content)
            : await RenderAsync(message, cancellationToken);
        if (content is null)
        {
            return;
        }

        // A delivery that was begun is seen to its end, within its own time-out, and what the server said is written down, even if the app is stopping.
        cancellationToken.ThrowIfCancellationRequested();
        var result = await transport.DeliverAsync(content, CancellationToken.None);
        Metrics.Delivery("mail", result is MailResult.Delivered ? "ok" : result.ToString());
        await (result switch
        {
            MailResult.Delivered => queue.MarkSentAsync(message, clock.GetUtcNow(), CancellationToken.None),
            MailResult.Refused => queue.MarkFailedAsync(message, "The mail server refused it.", isFinal: true, isNotTaken: true, clock.GetUtcNow(), CancellationToken.None),
            _ => queue.MarkFailedAsync(message, "The mail server could not be reached.", isFinal: false, isNotTaken: result is MailResult.NotTaken, clock.GetUtcNow(), CancellationToken.None),
        });
    }

    /// <returns>Null if it is not to be sent (now): overtaken, or waiting for the link.</returns>
    private async Task<OutgoingMessage?> RenderAsync(Message message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (message.WaitingId is { } place)
        {
            return await WriteAsync(message, await waitingLetters.RenderAsync(message, place, now, cancellationToken), "There is nothing to wait for any more.", cancellationToken);
        }

        if (message.Kind is MessageKind.Notice)
        {
            return await WriteAsync(message, await noticeLetters.RenderAsync(message, now, cancellationToken), "It is no news any more.", cancellationToken);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var facts = message.AppointmentId is { } id ? await MessageFacts.LoadAsync(db, id, now, cancellationToken) : null;
        if (facts is null || Overtaken(message, facts, now) is not null)
        {
            await queue.DropAsync(message, facts is null ? "The appointment is gone." : Overtaken(message, facts, now)!, cancellationToken);
            return null;
        }

        if (facts.IsLinkPending && message.WaitsForLinkUntil is { } until && now < until)
        {
            await queue.PostponeAsync(message, until, cancellationToken);
            return null;
        }

        if (message is { Receiver: MessageReceiver.FormerHost, EventId: { } moved })
        {
            facts = await facts.WithLeftMeetingAsync(db, moved, now, cancellationToken);
        }

        if (await ReceiverAsync(db, message, facts, cancellationToken) is not { } receiver)
        {
            await queue.DropAsync(message, "There is nobody to send it to.", cancellationToken);
            return null;
        }

        var template = await MessageRenderer.TemplateAsync(db, facts.Appointment.SubAccountId, message.Kind, message.Receiver, cancellationToken);
        var rules = await db.Calendars.AsNoTracking().Where(row => row.Id == facts.Appointment.CalendarId).Select(row => row.Rules).FirstAsync(cancellationToken);
        var cutOff = Duration.FromMinutes(Math.Max(rules.CutOffMinutes, rules.MinimumNoticeMinutes));
        var read = message.Receiver is MessageReceiver.FormerBooker ? facts.ForFormerBooker(message.Address) : facts;
        var content = renderer.Render(message, read, receiver, template, cutOff, now);
        return await IsWrittenAsync(message, content, facts.SentStateFor(message.Receiver), cancellationToken) ? content : null;
    }

    /// <summary>A letter that is not about an appointment: written down before the first attempt, or dropped.</summary>
    private async Task<OutgoingMessage?> WriteAsync(Message message, OutgoingMessage? letter, string whyNot, CancellationToken cancellationToken)
    {
        if (letter is null)
        {
            await queue.DropAsync(message, whyNot, cancellationToken);
            return null;
        }

        return await IsWrittenAsync(message, letter, "", cancellationToken) ? letter : null;
    }

    /// <returns>False: dropped in the meantime, or meant for somebody else by now; then it is looked at again.</returns>
    private async Task<bool> IsWrittenAsync(Message message, OutgoingMessage content, string told, CancellationToken cancellationToken)
    {
        if (await queue.SaveRenderedAsync(message, content.To, content.Subject, JsonSerializer.Serialize(content), told, cancellationToken))
        {
            return true;
        }

        await queue.ReleaseAsync(message, cancellationToken);
        return false;
    }

    private static string? Overtaken(Message message, MessageFacts facts, DateTimeOffset now) => message.Kind switch
    {
        MessageKind.Cancellation when message.Receiver is MessageReceiver.FormerHost => null,
        MessageKind.Cancellation when message.Receiver is MessageReceiver.FormerBooker =>
            Booker.IsSameAddress(message.Address, facts.Appointment.Booker.Email) ? "It is booked under this address again." : null,
        MessageKind.Cancellation => facts.Appointment.IsActive ? "The appointment is active again." : null,
        MessageKind.Reminder when facts.Appointment.Start != message.Start => "The appointment was moved.",
        MessageKind.Reminder when facts.Appointment.Start <= now => "The appointment has begun.",
        MessageKind.Link when facts.Appointment.IsActive && facts.Link.JoinUrl is null => "The link is gone again.",
        _ when !facts.Appointment.IsActive => "The appointment was cancelled first.",
        _ => facts.Appointment.End <= now ? "The appointment is over." : null,
    };

    private static async Task<ReceiverAddress?> ReceiverAsync(ZoomCalendarContext db, Message message, MessageFacts facts, CancellationToken cancellationToken)
    {
        if (message.Receiver is MessageReceiver.Booker)
        {
            var booker = facts.Appointment.Booker;
            return booker.Email.Length > 0 ? new ReceiverAddress(booker.Email, booker.Name, booker.TimeZone) : null;
        }

        if (message.Receiver is MessageReceiver.FormerBooker)
        {
            return new ReceiverAddress(message.Address, "", facts.Appointment.Booker.TimeZone);
        }

        return await db.Users.Where(row => row.Id == message.UserId && row.Email != null)
            .Select(row => new ReceiverAddress(row.Email!, row.Name, row.TimeZone))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} could not be made or sent; it is tried again later")]
        public static partial void MessageFailed(ILogger logger, Guid id, Exception exception);
    }
}
