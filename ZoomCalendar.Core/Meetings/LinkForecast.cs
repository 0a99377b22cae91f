namespace ZoomCalendar.Core.Meetings;

/// <summary>What becomes of a meeting that an appointment leaves.</summary>
public enum LeftMeetingOutcome
{
    /// <summary>The appointment keeps its meeting, or never had one.</summary>
    Untouched,

    /// <summary>Others use it.</summary>
    Kept,

    /// <summary>No request to make it was sent: nothing is in Zoom.</summary>
    NeverMade,
    Deleted,

    /// <summary>A creation of unknown outcome: what it made is deleted.</summary>
    DeletedIfMade,

    /// <summary>When the day's requests are back.</summary>
    DeletedAtReset,

    /// <summary>When the host's Zoom account is connected again, if that is before the appointment's end.</summary>
    DeletedOnReconnection,

    /// <summary>Nobody is connected with its Zoom account: it stays there.</summary>
    StaysUnmanaged,

    /// <summary>No request is left before its end: it stays there.</summary>
    StaysWithoutRequest,

    /// <summary>Nothing is sent about what is over.</summary>
    StaysOver,
}

/// <summary>What a change would do to a link: the engine's verbs were run and taken back.</summary>
public sealed record LinkForecast
{
    public static readonly LinkForecast NoLink = new();

    /// <summary>The link before the change.</summary>
    public LinkFacts Before { get; init; } = LinkFacts.None;

    /// <summary>The link after it; <see cref="LinkFacts.None"/>: the appointment has none then.</summary>
    public LinkFacts After { get; init; } = LinkFacts.None;

    public LeftMeetingOutcome LeftMeeting { get; init; }

    /// <summary>Other active Zoom appointments that keep the meeting that is left.</summary>
    public int OthersBefore { get; init; }

    /// <summary>Other active Zoom appointments whose link is shared after the change.</summary>
    public int OthersAfter { get; init; }

    /// <summary>The appointment has the same meeting before and after.</summary>
    public bool IsSame { get; init; }

    /// <summary>How many appointments change together.</summary>
    public int Count { get; init; } = 1;
}
