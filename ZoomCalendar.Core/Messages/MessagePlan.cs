using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// Decides which messages an event calls for, given those written before. Pure; new rows are added to <paramref name="known"/>.
/// </summary>
/// <param name="appointment">The appointment as it is now.</param>
/// <param name="joinUrl">Its present link; null if there is none.</param>
/// <param name="passcode">The passcode of its meeting; null if there is none.</param>
/// <param name="reminders">The minutes before the start, see <see cref="Reminders"/>.</param>
/// <param name="waitForLink">How long a confirmation waits for the link.</param>
/// <param name="known">All messages about the appointment so far, in order.</param>
internal sealed class MessagePlan(
    Appointment appointment, string? joinUrl, string? passcode, string reminders, TimeSpan waitForLink, List<Message> known)
{
    private const int MaxRepeats = 3;
    private static readonly TimeSpan RepeatPause = TimeSpan.FromMinutes(10);

    private readonly List<Message> _written = [];

    /// <summary>Applies one event and returns the rows to insert.</summary>
    public IReadOnlyList<Message> Apply(Event trigger)
    {
        _written.Clear();
        switch (trigger.Kind)
        {
            case EventKind.AppointmentBooked or EventKind.AppointmentRestored when IsAhead(trigger):
                NotifyBoth(trigger, MessageKind.Confirmation);
                Remind(trigger);
                break;
            case EventKind.AppointmentAskedAgain when IsAhead(trigger) && MayRepeat(trigger.At):
                Write(trigger, MessageKind.Confirmation, MessageReceiver.Booker);
                break;
            case EventKind.ConfirmationSentAgain when IsAhead(trigger)
                && Waiting(MessageReceiver.Booker) is not { Kind: MessageKind.Confirmation }:
                Write(trigger, MessageKind.Confirmation, MessageReceiver.Booker);
                break;
            case EventKind.BookerChanged:
                NotifyOtherBooker(trigger);
                break;
            case EventKind.AppointmentMoved when IsAhead(trigger):
                Drop(message => message.Kind is MessageKind.Reminder);
                NotifyOfChange(trigger, MessageKind.Change);
                NotifyFormerHost(trigger);
                Remind(trigger);
                break;
            case EventKind.AppointmentEdited when IsAhead(trigger):
                NotifyOfChange(trigger, MessageKind.Change);
                break;
            case EventKind.AppointmentCancelled or EventKind.AppointmentDeleted
                or EventKind.AppointmentStatusChanged when !appointment.IsActive:
                NotifyOfEnd(trigger);
                break;
            case EventKind.LinkReady or EventKind.LinkChanged when appointment.IsActive && appointment.End > trigger.At:
                NotifyOfLink(trigger);
                break;
            case EventKind.LinkLost when IsAhead(trigger):
                NotifyOfLostLink(trigger);
                break;
        }

        return _written;
    }

    private bool IsAhead(Event trigger) => appointment.IsActive && appointment.Start > trigger.At;

    private void NotifyBoth(Event trigger, MessageKind kind)
    {
        Write(trigger, kind, MessageReceiver.Booker);
        // The actor needs no message about their own action.
        if (trigger.ActorId is null || trigger.ActorId != appointment.HostId)
        {
            Write(trigger, kind, MessageReceiver.Host);
        }
    }

    private void NotifyOfChange(Event trigger, MessageKind kind)
    {
        if (HasChangedFor(MessageReceiver.Booker))
        {
            Write(trigger, kind, MessageReceiver.Booker);
        }

        if (trigger.ActorId != appointment.HostId && HasChangedFor(MessageReceiver.Host))
        {
            var isOtherHost = trigger.FormerUserId is { } former && former != appointment.HostId;
            Write(trigger, isOtherHost ? MessageKind.Confirmation : kind, MessageReceiver.Host);
        }
    }

    private void NotifyFormerHost(Event trigger)
    {
        if (trigger.FormerUserId is { } former && former != appointment.HostId && former != trigger.ActorId)
        {
            Write(trigger, MessageKind.Cancellation, MessageReceiver.FormerHost, former);
        }
    }

    /// <summary>
    /// Computed from the messages sent so far, not from the event. However often the address changed, each address that was told of the
    /// appointment and is no longer the booker's gets one cancellation. The present address gets a confirmation unless it has one.
    /// </summary>
    private void NotifyOtherBooker(Event trigger)
    {
        // A message rendered for another address may have arrived there and is not repeated. A cancellation to the present address is
        // obsolete.
        Drop(message => message.Receiver is MessageReceiver.Booker && message.Address.Length > 0 && !IsToBooker(message));
        Drop(message => message.Receiver is MessageReceiver.FormerBooker && IsToBooker(message));
        if (!IsAhead(trigger))
        {
            return;
        }

        var former = known
            .Where(message => message.Receiver is MessageReceiver.Booker or MessageReceiver.FormerBooker && message.Address.Length > 0
                && !IsToBooker(message))
            .Where(message => message.MayHaveArrived || message.State is MessageState.Waiting)
            .GroupBy(message => Booker.Normalize(message.Address))
            .Where(messages => messages.LastOrDefault(
                message => message.Kind is not MessageKind.Reminder) is not { Kind: MessageKind.Cancellation })
            .Select(messages => messages.First().Address)
            .ToList();
        former.ForEach(address => Write(trigger, MessageKind.Cancellation, MessageReceiver.FormerBooker, address: address));

        if (known.LastOrDefault(
            message => IsToBooker(message) && message.MayHaveArrived
                && message.Kind is not MessageKind.Reminder) is null or { Kind: MessageKind.Cancellation })
        {
            // A change message makes no sense to someone who got no confirmation.
            Drop(message => message.Receiver is MessageReceiver.Booker
                && message.Kind is MessageKind.Change or MessageKind.Link or MessageKind.LinkLost);
            if (Waiting(MessageReceiver.Booker) is null)
            {
                Write(trigger, MessageKind.Confirmation, MessageReceiver.Booker);
            }

            Remind(trigger, MessageReceiver.Booker);
        }
    }

    private void NotifyOfEnd(Event trigger)
    {
        Drop(message => message.Kind is not MessageKind.Cancellation);
        if (appointment.Start <= trigger.At)
        {
            return;
        }

        foreach (var receiver in (MessageReceiver[])[MessageReceiver.Booker, MessageReceiver.Host])
        {
            var last = Last(receiver);
            var isOwnAction = receiver is MessageReceiver.Host && trigger.ActorId is not null && trigger.ActorId == appointment.HostId;
            if (last?.Kind is not MessageKind.Cancellation && !isOwnAction)
            {
                Write(trigger, MessageKind.Cancellation, receiver);
            }
        }
    }

    private void NotifyOfLink(Event trigger)
    {
        foreach (var receiver in (MessageReceiver[])[MessageReceiver.Booker, MessageReceiver.Host])
        {
            if (Waiting(receiver) is { } waiting)
            {
                waiting.DueAt = trigger.At;
            }
            else if (Last(receiver) is not null && HasChangedFor(receiver))
            {
                Write(trigger, MessageKind.Link, receiver);
            }
        }
    }

    private void NotifyOfLostLink(Event trigger)
    {
        foreach (var receiver in (MessageReceiver[])[MessageReceiver.Booker, MessageReceiver.Host])
        {
            if (Last(receiver) is { } last && SentState.HasLink(last.Told))
            {
                Write(trigger, MessageKind.LinkLost, receiver);
            }
        }
    }

    private void Remind(Event trigger)
    {
        foreach (var minutes in Reminders.Parse(reminders))
        {
            var due = appointment.Start.AddMinutes(-minutes);
            if (due > trigger.At)
            {
                Write(trigger, MessageKind.Reminder, MessageReceiver.Booker, due: due, minutesBefore: minutes);
                Write(trigger, MessageKind.Reminder, MessageReceiver.Host, due: due, minutesBefore: minutes);
            }
        }
    }

    /// <summary>Adds the receiver's missing reminders. A booker without an address has none.</summary>
    private void Remind(Event trigger, MessageReceiver receiver)
    {
        foreach (var minutes in Reminders.Parse(reminders))
        {
            var due = appointment.Start.AddMinutes(-minutes);
            if (due > trigger.At
                && !known.Any(message => message.Receiver == receiver
                    && message is { Kind: MessageKind.Reminder, State: MessageState.Waiting } && message.Start == appointment.Start
                    && message.MinutesBefore == minutes))
            {
                Write(trigger, MessageKind.Reminder, receiver, due: due, minutesBefore: minutes);
            }
        }
    }

    // A message that is not rendered yet will tell the present state anyway.
    private bool HasChangedFor(MessageReceiver receiver) =>
        Waiting(receiver) is null
        && !SentState.IsSame(Last(receiver)?.Told ?? "", SentState.Of(appointment, joinUrl, passcode, receiver));

    private Message? Waiting(MessageReceiver receiver) => known.LastOrDefault(message =>
        IsTo(message, receiver) && message is
        {
            State: MessageState.Waiting, Content: "",
            Kind: MessageKind.Confirmation or MessageKind.Change or MessageKind.Link
        });

    private Message? Last(MessageReceiver receiver) => known.LastOrDefault(message =>
        IsTo(message, receiver) && message.State is MessageState.Sent or MessageState.Waiting && message.Kind is not MessageKind.Reminder);

    private bool IsTo(Message message, MessageReceiver receiver) => receiver switch
    {
        MessageReceiver.Booker => IsToBooker(message),
        MessageReceiver.Host => message.Receiver == receiver && message.UserId == appointment.HostId,
        _ => message.Receiver == receiver,
    };

    /// <summary>The message is for the present booker: sent to their address, or not rendered yet.</summary>
    private bool IsToBooker(Message message) =>
        message.Receiver is MessageReceiver.Booker or MessageReceiver.FormerBooker
        && (message.Address.Length == 0 || Booker.IsSameAddress(message.Address, appointment.Booker.Email));

    private bool MayRepeat(DateTimeOffset now)
    {
        var confirmations = known.Where(message => message.Kind is MessageKind.Confirmation && IsToBooker(message)).ToList();
        return confirmations.Count <= MaxRepeats
            && confirmations.All(message => message.State is not MessageState.Waiting && message.CreatedAt < now - RepeatPause);
    }

    private void Drop(Func<Message, bool> which)
    {
        foreach (var message in known.Where(message => message.State is MessageState.Waiting && which(message)))
        {
            message.State = MessageState.Dropped;
        }
    }

    private void Write(
        Event trigger,
        MessageKind kind,
        MessageReceiver receiver,
        UserId? user = null,
        DateTimeOffset? due = null,
        int minutesBefore = 0,
        string address = "")
    {
        var isUnreachable = receiver switch
        {
            MessageReceiver.Booker => appointment.Booker.Email.Length == 0,
            MessageReceiver.FormerBooker => address.Length == 0,
            _ => (user ?? appointment.HostId) is null,
        };
        if (isUnreachable
            || known.Any(message => message.EventId == trigger.Id && message.Kind == kind && message.Receiver == receiver
                && message.MinutesBefore == minutesBefore))
        {
            return;
        }

        var message = new Message
        {
            Id = Guid.CreateVersion7(trigger.At),
            SubAccountId = trigger.SubAccountId,
            EventId = trigger.Id,
            Kind = kind,
            Receiver = receiver,
            MinutesBefore = minutesBefore,
            AppointmentId = appointment.Id,
            UserId = receiver is MessageReceiver.Booker or MessageReceiver.FormerBooker ? null : user ?? appointment.HostId,
            Address = address,
            Start = appointment.Start,
            FormerStart = trigger.FormerStart,
            WaitsForLinkUntil = kind is MessageKind.Confirmation
                or MessageKind.Change && appointment.UsesZoom ? trigger.At + waitForLink : null,
            DueAt = due ?? trigger.At,
            CreatedAt = trigger.At,
        };
        known.Add(message);
        _written.Add(message);
    }
}
