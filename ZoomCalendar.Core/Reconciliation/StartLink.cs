namespace ZoomCalendar.Core.Reconciliation;

public enum StartOutcome
{
    /// <summary>The only one with an address.</summary>
    Ready,

    /// <summary>No such appointment in this sub-account.</summary>
    NotFound,

    /// <summary>Somebody else hosts it. Nobody starts Zoom for somebody else.</summary>
    NotTheHost,

    /// <summary>Over, cancelled, not on Zoom, or its meeting is not made yet.</summary>
    NoMeeting,

    /// <summary>The host is not connected here to the Zoom account that holds the meeting, or Zoom no longer accepts the connection.</summary>
    NotConnected,

    /// <summary>Zoom no longer has the meeting.</summary>
    Gone,
    NoAnswer,
}

/// <summary>The host's own way into a meeting. The address is a credential: hand it to the host's browser and forget it.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Start">When the appointment starts; null: not told.</param>
/// <param name="Url">On zoom.us or a subdomain, or the configured sandbox's.</param>
public sealed record StartLink(StartOutcome Outcome, DateTimeOffset? Start = null, Uri? Url = null)
{
    // Never into a log.
    public override string ToString() => Outcome.ToString();
}
