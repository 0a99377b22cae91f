using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// One message to one person in the durable queue: one row per event, receiver and kind. It is rendered when it is due, from the state at
/// that time. From the first attempt to send, its content and Message-ID stay the same.
/// </summary>
public sealed class Message
{
    public const int AddressMaxLength = 254;
    public const int SubjectMaxLength = 400;
    public const int ErrorMaxLength = 500;

    public required Guid Id { get; init; }

    /// <summary>Null for messages about a user's own account.</summary>
    public SubAccountId? SubAccountId { get; init; }

    public long? EventId { get; init; }

    public required MessageKind Kind { get; init; }

    public required MessageReceiver Receiver { get; init; }

    /// <summary>
    /// For a reminder, the minutes before the start. For a repeated notice, the negative minutes after its event. Otherwise 0.
    /// </summary>
    public int MinutesBefore { get; init; }

    public AppointmentId? AppointmentId { get; init; }

    /// <summary>The waiting list entry the message is about; it then has no appointment.</summary>
    public WaitingId? WaitingId { get; init; }

    /// <summary>The host or other member who receives it; null for bookers.</summary>
    public UserId? UserId { get; init; }

    /// <summary>The start the message is about. A reminder of another start is not sent.</summary>
    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? FormerStart { get; init; }

    /// <summary>Until when a confirmation waits for the link.</summary>
    public DateTimeOffset? WaitsForLinkUntil { get; init; }

    /// <summary>The receiver's address; empty before the first attempt if the address at that time is used.</summary>
    public string Address { get; set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>The rendered message as JSON; empty before the first attempt and after the last one.</summary>
    public string Content { get; set; } = "";

    /// <summary>
    /// The state that the message tells (start, length, title, place, booker, passcode), see <see cref="SentState"/>. The next message is
    /// written only if the state differs.
    /// </summary>
    public string Told { get; set; } = "";

    public MessageState State { get; set; } = MessageState.Waiting;

    /// <summary>When the next attempt is due.</summary>
    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>The last error without addresses, or the reason why the message was dropped.</summary>
    public string LastError { get; set; } = "";

    public Guid? LeaseOwner { get; set; }

    /// <summary>When the lease of <see cref="LeaseOwner"/> expires.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The message was sent, or may have been: it was rendered for <see cref="Address"/> and handed to the mail server.</summary>
    public bool MayHaveArrived => State is MessageState.Sent || Content.Length > 0;
}
