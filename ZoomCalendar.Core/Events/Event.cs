using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Events;

public enum EventKind
{
    AppointmentBooked,
    AppointmentEdited,
    AppointmentMoved,
    AppointmentCancelled,
    AppointmentRestored,
    AppointmentDeleted,
    AppointmentStatusChanged,

    /// <summary>A booker booked a seat they already have: nothing changed, the confirmation goes out again.</summary>
    AppointmentAskedAgain,

    /// <summary>Staff gave the appointment another e-mail address: messages go there from now on, and the links of the former address end.</summary>
    BookerChanged,

    /// <summary>Staff had the confirmation sent once more.</summary>
    ConfirmationSentAgain,
    LinkReady,
    LinkReused,
    LinkDropped,
    LinkWaiting,
    LinkLost,
    LinkChanged,
    LinkMissed,

    /// <summary>A quarter of an hour after it was wanted there is still no link; once.</summary>
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

    /// <summary>The words of a message.</summary>
    MessagesChanged,

    /// <summary>Somebody joined or left a waiting list, or was offered a seat.</summary>
    WaitingListChanged,
    ForeignMarkerSeen,
}

/// <summary>
/// One change of an appointment, a link, a connection or the quota's state, written in the same transaction.
/// Activity, notices, live pages, messages and webhooks read these rows, each from a position of its own.
/// </summary>
public sealed class Event
{
    public long Id { get; private init; }

    public required DateTimeOffset At { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required EventKind Kind { get; init; }

    public AppointmentId? AppointmentId { get; init; }

    public CalendarId? CalendarId { get; init; }

    public SlotMeetingId? SlotMeetingId { get; init; }

    /// <summary>Whom it concerns: the host, or the user whose connection it is.</summary>
    public UserId? UserId { get; init; }

    /// <summary>Who did it; null: the app itself, or a booker.</summary>
    public UserId? ActorId { get; init; }

    /// <summary>Moved: the start and host that were given up.</summary>
    public DateTimeOffset? FormerStart { get; init; }

    public UserId? FormerUserId { get; init; }

    /// <summary>A sentence or a small JSON object; never a link or a token, and of a booker's data the address alone, where it is what happened.</summary>
    public string Detail { get; init; } = "";
}
