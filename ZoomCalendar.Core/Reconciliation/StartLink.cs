namespace ZoomCalendar.Core.Reconciliation;

/// <summary>The result of asking for a start link.</summary>
public enum StartOutcome
{
    /// <summary>The start link was fetched. Only this outcome has an address.</summary>
    Ready,

    /// <summary>No such appointment in this sub-account.</summary>
    NotFound,

    /// <summary>Another user hosts the appointment. Only the host can start its meeting.</summary>
    NotTheHost,

    /// <summary>The appointment is over, cancelled or not on Zoom, or its meeting does not exist yet.</summary>
    NoMeeting,

    /// <summary>The host has no working connection here to the Zoom account that holds the meeting.</summary>
    NotConnected,

    /// <summary>The meeting was deleted in Zoom.</summary>
    Gone,
    /// <summary>Zoom did not answer, or its answer could not be used.</summary>
    NoAnswer,
}

/// <summary>
/// The address with which the host starts a meeting. It is a credential: pass it to the host's browser, and do not store or log it.
/// </summary>
/// <param name="Outcome">The result.</param>
/// <param name="Start">The appointment's start; null if it may not be shown.</param>
/// <param name="Url">An address on zoom.us, a subdomain, or the configured sandbox.</param>
public sealed record StartLink(StartOutcome Outcome, DateTimeOffset? Start = null, Uri? Url = null)
{
    // Keeps the address out of logs.
    public override string ToString() => Outcome.ToString();
}
