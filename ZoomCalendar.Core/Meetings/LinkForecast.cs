namespace ZoomCalendar.Core.Meetings;

/// <summary>What happens to a slot meeting when an appointment leaves it.</summary>
public enum LeftMeetingOutcome
{
    /// <summary>The appointment keeps its meeting, or it had none.</summary>
    Untouched,

    /// <summary>Other appointments use the meeting.</summary>
    Kept,

    /// <summary>No creation was sent, so Zoom has nothing.</summary>
    NeverMade,
    Deleted,

    /// <summary>A creation with unknown outcome is in flight. If it succeeded, the meeting is deleted.</summary>
    DeletedIfMade,

    /// <summary>The meeting is deleted after the quota's next reset.</summary>
    DeletedAtReset,

    /// <summary>The meeting is deleted if the host's Zoom account is connected again before the appointment's end.</summary>
    DeletedOnReconnection,

    /// <summary>No profile is connected to the Zoom account, so the meeting stays in Zoom.</summary>
    StaysUnmanaged,

    /// <summary>No request is available before the meeting's end, so it stays in Zoom.</summary>
    StaysWithoutRequest,

    /// <summary>The meeting is over, so nothing is sent.</summary>
    StaysOver,
}

/// <summary>The effect of a change on a link. Computed by making the change in a transaction that is rolled back.</summary>
public sealed record LinkForecast
{
    /// <summary>The link before the change.</summary>
    public LinkFacts Before { get; init; } = LinkFacts.None;

    /// <summary>The link after the change; <see cref="LinkFacts.None"/> if there is none.</summary>
    public LinkFacts After { get; init; } = LinkFacts.None;

    /// <summary>What happens to the meeting that the appointment leaves.</summary>
    public LeftMeetingOutcome LeftMeeting { get; init; }

    /// <summary>Other active Zoom appointments that use the meeting that is left.</summary>
    public int OthersBefore { get; init; }

    /// <summary>Other active Zoom appointments that share the link after the change.</summary>
    public int OthersAfter { get; init; }

    /// <summary>The appointment keeps its meeting.</summary>
    public bool IsSame { get; init; }

    /// <summary>The number of appointments that change together.</summary>
    public int Count { get; init; } = 1;
}
