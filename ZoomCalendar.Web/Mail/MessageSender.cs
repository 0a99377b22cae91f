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
/// Takes due messages from the queue, renders them, delivers them and records the result. Messages of different sub-accounts are sent in
/// parallel, those of one sub-account one after the other, so that a slow mailbox delays only its own tenant.
/// </summary>
internal sealed partial class MessageSender(
    IDbContextFactory<ZoomCalendarContext> contexts,
    MessageQueue queue,
    MessageRenderer renderer,
    WaitingListMessages waitingListMessages,
    NoticeMessages noticeMessages,
    IMailTransport transport,
    TimeProvider clock,
    ILogger<MessageSender> logger)
{
    private const int MaxInFlight = 8;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Ends when no message is due or in flight. Messages that become due meanwhile are sent too.</summary>
    /// <returns>The number of messages that were processed.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var processed = 0;
        var inFlight = new Dictionary<Task, Message>();
        try
        {
            while (true)
            {
                while (inFlight.Count < MaxInFlight && !cancellationToken.IsCancellationRequested
                    && await queue.LeaseNextAsync(clock.GetUtcNow(), BusySenders.With(inFlight.Values), cancellationToken) is { } message)
                {
                    processed++;
                    inFlight.Add(SendOneAsync(message, cancellationToken), message);
                    await RemoveCompletedAsync(inFlight);
                }

                if (inFlight.Count == 0)
                {
                    return processed;
                }

                using var delay = new CancellationTokenSource();
                await Task.WhenAny([.. inFlight.Keys, Task.Delay(PollInterval, clock, delay.Token)]);
                await delay.CancelAsync();
                await RemoveCompletedAsync(inFlight);
            }
        }
        finally
        {
            // If one delivery fails, the others that have begun are still completed.
            await Task.WhenAll(inFlight.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <exception cref="OperationCanceledException">The app stops.</exception>
    private static async Task RemoveCompletedAsync(Dictionary<Task, Message> inFlight)
    {
        foreach (var completed in inFlight.Keys.Where(task => task.IsCompleted).ToList())
        {
            inFlight.Remove(completed);
            await completed;
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
            // A message that cannot be rendered must not delay the others.
            Log.MessageFailed(logger, message.Id, exception);
            await queue.MarkFailedAsync(
                message, exception.GetType().Name, isFinal: false, isNotTaken: true, clock.GetUtcNow(), cancellationToken);
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

        // A delivery that has begun is completed within its own time-out and its result is recorded, even if the app is stopping.
        cancellationToken.ThrowIfCancellationRequested();
        var result = await transport.DeliverAsync(content, CancellationToken.None);
        Metrics.Delivery("mail", result is MailResult.Delivered ? "ok" : result.ToString());
        await (result switch
        {
            MailResult.Delivered => queue.MarkSentAsync(message, clock.GetUtcNow(), CancellationToken.None),
            MailResult.Refused => queue.MarkFailedAsync(
                message, "The mail server refused it.", isFinal: true, isNotTaken: true, clock.GetUtcNow(), CancellationToken.None),
            _ => queue.MarkFailedAsync(
                message,
                "The mail server could not be reached.",
                isFinal: false,
                isNotTaken: result is MailResult.NotTaken,
                clock.GetUtcNow(),
                CancellationToken.None),
        });
    }

    /// <returns>Null if it must not be sent (now): obsolete, or waiting for the link.</returns>
    private async Task<OutgoingMessage?> RenderAsync(Message message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (message.WaitingId is { } waitingId)
        {
            return await StoreOrDropAsync(
                message,
                await waitingListMessages.RenderAsync(message, waitingId, now, cancellationToken),
                "There is nothing left to wait for.",
                cancellationToken);
        }

        if (message.Kind is MessageKind.Notice)
        {
            return await StoreOrDropAsync(
                message, await noticeMessages.RenderAsync(message, now, cancellationToken), "It is out of date.", cancellationToken);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var facts = message.AppointmentId is { } id ? await MessageFacts.LoadAsync(db, id, now, cancellationToken) : null;
        if (facts is null || ReasonToDrop(message, facts, now) is not null)
        {
            await queue.DropAsync(
                message, facts is null ? "The appointment is gone." : ReasonToDrop(message, facts, now)!, cancellationToken);
            return null;
        }

        if (facts.IsLinkPending && message.WaitsForLinkUntil is { } until && now < until)
        {
            await queue.PostponeAsync(message, until, cancellationToken);
            return null;
        }

        if (message is { Receiver: MessageReceiver.FormerHost, EventId: { } eventId })
        {
            facts = await facts.WithLeftMeetingAsync(db, eventId, now, cancellationToken);
        }

        if (await ReceiverAsync(db, message, facts, cancellationToken) is not { } receiver)
        {
            await queue.DropAsync(message, "It has no recipient.", cancellationToken);
            return null;
        }

        var template = await MessageRenderer.TemplateAsync(
            db, facts.Appointment.SubAccountId, message.Kind, message.Receiver, cancellationToken);
        var rules = await db.Calendars.AsNoTracking().Where(row => row.Id == facts.Appointment.CalendarId).Select(row => row.Rules)
            .FirstAsync(cancellationToken);
        var cutOff = Duration.FromMinutes(Math.Max(rules.CutOffMinutes, rules.MinimumNoticeMinutes));
        var visibleFacts = message.Receiver is MessageReceiver.FormerBooker ? facts.ForFormerBooker(message.Address) : facts;
        var content = renderer.Render(message, visibleFacts, receiver, template, cutOff, now);
        return await TryStoreAsync(message, content, facts.SentStateFor(message.Receiver), cancellationToken) ? content : null;
    }

    /// <summary>Stores the content of a message that is not about an appointment before the first attempt, or drops the message.</summary>
    private async Task<OutgoingMessage?> StoreOrDropAsync(
        Message message, OutgoingMessage? content, string reason, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            await queue.DropAsync(message, reason, cancellationToken);
            return null;
        }

        return await TryStoreAsync(message, content, "", cancellationToken) ? content : null;
    }

    /// <returns>False: the message was dropped meanwhile, or has another receiver now; it is processed again.</returns>
    private async Task<bool> TryStoreAsync(Message message, OutgoingMessage content, string told, CancellationToken cancellationToken)
    {
        if (await queue.SaveRenderedAsync(message, content.To, content.Subject, JsonSerializer.Serialize(content), told, cancellationToken))
        {
            return true;
        }

        await queue.ReleaseAsync(message, cancellationToken);
        return false;
    }

    private static string? ReasonToDrop(Message message, MessageFacts facts, DateTimeOffset now) => message.Kind switch
    {
        MessageKind.Cancellation when message.Receiver is MessageReceiver.FormerHost => null,
        MessageKind.Cancellation when message.Receiver is MessageReceiver.FormerBooker =>
            Booker.IsSameAddress(message.Address, facts.Appointment.Booker.Email) ? "It is booked under this address again." : null,
        MessageKind.Cancellation => facts.Appointment.IsActive ? "The appointment is active again." : null,
        MessageKind.Reminder when facts.Appointment.Start != message.Start => "The appointment was eventId.",
        MessageKind.Reminder when facts.Appointment.Start <= now => "The appointment has begun.",
        MessageKind.Link when facts.Appointment.IsActive && facts.Link.JoinUrl is null => "The link is gone again.",
        _ when !facts.Appointment.IsActive => "The appointment was cancelled first.",
        _ => facts.Appointment.End <= now ? "The appointment is over." : null,
    };

    private static async Task<ReceiverAddress?> ReceiverAsync(
        ZoomCalendarContext db, Message message, MessageFacts facts, CancellationToken cancellationToken)
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
