namespace ZoomCalendar.Core.Messages;

/// <summary>The kind of a message. Stored as text.</summary>
public enum MessageKind
{
    Confirmation,
    Change,
    Cancellation,

    /// <summary>A link that follows a confirmation without one, or replaces a lost or changed link.</summary>
    Link,
    LinkLost,
    Reminder,

    /// <summary>The receiver joined the waiting list of a full slot.</summary>
    WaitingListJoined,

    /// <summary>A freed seat is reserved for the receiver.</summary>
    SeatOffered,

    /// <summary>A notice to a member, which the app shows as well.</summary>
    Notice,

    /// <summary>Password, invitation and registration messages, written by the app's own pages.</summary>
    Account,
}

/// <summary>The receiver of a message. Stored as text.</summary>
public enum MessageReceiver
{
    Booker,
    Host,

    /// <summary>The former host, after another user took the appointment.</summary>
    FormerHost,

    /// <summary>The former booker's address, after the appointment got another one.</summary>
    FormerBooker,
    User,

    /// <summary>A member whom a notice is for.</summary>
    Member,
}

/// <summary>The state of a message. Stored as text.</summary>
public enum MessageState
{
    Waiting,
    Sent,

    /// <summary>Superseded by a later event before it was sent.</summary>
    Dropped,

    /// <summary>The mail server refused it permanently, or did not accept it for days.</summary>
    Failed,
}
