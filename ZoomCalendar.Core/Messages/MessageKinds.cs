namespace ZoomCalendar.Core.Messages;

public enum MessageKind
{
    Confirmation,
    Change,
    Cancellation,

    /// <summary>A link after a confirmation without one, or a new one after the old one was lost or changed.</summary>
    Link,
    LinkLost,
    Reminder,

    /// <summary>One is in line for a full slot.</summary>
    WaitingListJoined,

    /// <summary>A freed seat is kept for the next in line.</summary>
    SeatOffered,

    /// <summary>To a member: what the bell in the app says, too.</summary>
    Notice,

    /// <summary>Password, invitation, registration: written by the app's own pages.</summary>
    Account,
}

public enum MessageReceiver
{
    Booker,
    Host,

    /// <summary>Somebody else hosts it now.</summary>
    FormerHost,

    /// <summary>The appointment is booked under another address now.</summary>
    FormerBooker,
    User,

    /// <summary>A member whom a notice concerns.</summary>
    Member,
}

public enum MessageState
{
    Waiting,
    Sent,

    /// <summary>Overtaken by what happened before it was sent.</summary>
    Dropped,

    /// <summary>The mail server refuses it for good, or has not taken it for days.</summary>
    Failed,
}
