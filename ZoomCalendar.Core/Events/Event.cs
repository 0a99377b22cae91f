using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Events;

/// <summary>The kinds of events. Stored as text.</summary>
public enum EventKind
{
    AppointmentBooked,
    AppointmentEdited,
    AppointmentMoved,
    AppointmentCancelled,
    AppointmentRestored,
    AppointmentDeleted,
    AppointmentStatusChanged,

    /// <summary>A booker booked a seat that they already have. Nothing changed; the confirmation is sent again.</summary>
    AppointmentAskedAgain,

    /// <summary>
    /// Staff changed the booker's e-mail address. Messages go to the new address, and the old address's personal links stop working.
    /// </summary>
    BookerChanged,

    /// <summary>Staff sent the confirmation again.</summary>
    ConfirmationSentAgain,
    LinkReady,
    LinkReused,
    LinkDropped,
    LinkWaiting,
    LinkLost,
    LinkChanged,
    LinkMissed,

    /// <summary>There is still no link 15 minutes after it was needed. Written once.</summary>
    LinkOverdue,
    LinkUpdated,
    LinkChangedInZoom,
    ConnectionMade,
    ConnectionLost,
    ConnectionRestored,
    ConnectionEnded,
    QuotaNear,
    QuotaUsedUp,
    CalendarChanged,
    MembershipChanged,

    /// <summary>A message template changed.</summary>
    MessagesChanged,

    /// <summary>A booker joined or left a waiting list, or was offered a seat.</summary>
    WaitingListChanged,
    ForeignMarkerSeen,
}

/// <summary>
/// One change of an appointment, a link, a connection or the quota, written in the transaction of the change. Activity, notices, live
/// pages, messages and webhooks are readers of these rows, each with its own position.
/// </summary>
public sealed class Event
{
    /// <summary>The kinds that may be notices. A partial index holds them: do not change the list without a migration.</summary>
    internal static readonly EventKind[] NoticeKinds =
    [
        EventKind.ConnectionLost, EventKind.ConnectionEnded, EventKind.LinkLost, EventKind.LinkChangedInZoom, EventKind.LinkOverdue,
        EventKind.LinkDropped, EventKind.LinkWaiting, EventKind.QuotaNear, EventKind.QuotaUsedUp,
    ];

    public long Id { get; private init; }

    public required DateTimeOffset At { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required EventKind Kind { get; init; }

    public AppointmentId? AppointmentId { get; init; }

    public CalendarId? CalendarId { get; init; }

    public SlotMeetingId? SlotMeetingId { get; init; }

    /// <summary>The user concerned: the host, or the owner of the connection.</summary>
    public UserId? UserId { get; init; }

    /// <summary>The user who made the change. Null: the app, or a booker.</summary>
    public UserId? ActorId { get; init; }

    /// <summary>Only for moves: the previous start.</summary>
    public DateTimeOffset? FormerStart { get; init; }

    public UserId? FormerUserId { get; init; }

    /// <summary>
    /// A sentence or a small JSON object. It never contains a link or a token. Of a booker's data it may contain the e-mail address, if
    /// that is what changed.
    /// </summary>
    public string Detail { get; init; } = "";
}
