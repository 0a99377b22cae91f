using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// One message to one person, in the durable queue: one row per event, receiver and kind. It is rendered when it is due, so that it
/// tells how things stand then; from the first attempt to send on, its content and its Message-ID stay as they are.
/// </summary>
public sealed class Message
{
    public const int AddressMaxLength = 254;
    public const int SubjectMaxLength = 400;
    public const int ErrorMaxLength = 500;

    public required Guid Id { get; init; }

    /// <summary>Null: about somebody's account here, not about an appointment.</summary>
    public SubAccountId? SubAccountId { get; init; }

    public long? EventId { get; init; }

    public required MessageKind Kind { get; init; }

    public required MessageReceiver Receiver { get; init; }

    /// <summary>Reminders: how long before the start. Negative: how long after its event a notice is repeated. Else 0.</summary>
    public int MinutesBefore { get; init; }

    public AppointmentId? AppointmentId { get; init; }

    /// <summary>About somebody's place in line; it has no appointment then.</summary>
    public WaitingId? WaitingId { get; init; }

    /// <summary>The host, or another member, it goes to; null for bookers.</summary>
    public UserId? UserId { get; init; }

    /// <summary>The start it is about; a reminder of another start is not sent.</summary>
    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? FormerStart { get; init; }

    /// <summary>A confirmation waits for the link until then.</summary>
    public DateTimeOffset? WaitsForLinkUntil { get; init; }

    /// <summary>To whom it went, or is to go; empty before the first attempt where the receiver's present address counts.</summary>
    public string Address { get; set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>The rendered message as JSON; empty before the first attempt and after the last.</summary>
    public string Content { get; set; } = "";

    /// <summary>What the receiver knows once it is sent: start, length, title, place, who is booked. The next message is written only if that differs.</summary>
    public string Told { get; set; } = "";

    public MessageState State { get; set; } = MessageState.Waiting;

    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    public string LastError { get; set; } = "";

    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>It has arrived, or may have: it was rendered for <see cref="Address"/> and handed to the mail server.</summary>
    public bool MayHaveArrived => State is MessageState.Sent || Content.Length > 0;
}
