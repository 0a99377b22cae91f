using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <summary>Why an appointment left its slot meeting.</summary>
public enum LeavingReason
{
    Cancelled,
    Deleted,

    /// <summary>Marked as invalid.</summary>
    Ended,
    Rescheduled,
    HostChanged,
    LocationChanged,
}

/// <summary>Why an appointment's link was created.</summary>
public enum LinkCause
{
    Booked,
    Rescheduled,
    HostChanged,
    Restored,
    LocationChanged,
    DeletedInZoom,
    Connected,
}

/// <content>Sentences stored with events: why a link was created or removed, and how many of the day's requests it cost.</content>
public static partial class LinkDescriber
{
    /// <summary>The sentence that begins every event about a meeting deleted in Zoom by hand.</summary>
    public const string DeletedInZoom = "The meeting was deleted in Zoom.";

    /// <summary>The last appointment left the meeting. Call before <see cref="SlotMeeting.Release"/>.</summary>
    public static StaffSentence Dropped(LeavingReason why, SlotMeeting meeting, DateTimeOffset now) => new(Sentences(
        why switch
        {
            LeavingReason.Cancelled => "The appointment was cancelled.",
            LeavingReason.Deleted => "The appointment was deleted.",
            LeavingReason.Ended => "The appointment was marked as invalid.",
            LeavingReason.Rescheduled => "The appointment was rescheduled.",
            LeavingReason.HostChanged => "The appointment went to another host.",
            _ => "The meeting location was changed.",
        },
        meeting switch
        {
            { JoinUrl: null, InFlight: MeetingRequestKind.Create } =>
                "A request to make its meeting is on its way; what it makes is deleted again, with one more Zoom request.",
            { JoinUrl: null } => "No link had been made, so no Zoom request is spent.",
            _ when meeting.IsOver(now) => "It was over, so nothing is sent to Zoom.",
            { WaitingFor: WaitingFor.Connection } => EventDetails.DeleteInZoom,
            _ => "Its meeting is to be deleted in Zoom, with one Zoom request.",
        }));

    /// <summary>What a successful request cost.</summary>
    /// <param name="failures">Failed attempts before it.</param>
    /// <param name="requests">Requests of this attempt: two if the first was refused because of its token.</param>
    public static StaffSentence Cost(int failures, int requests = 1) => new((failures, requests) switch
    {
        (0, 1) => "One Zoom request was spent.",
        (0, _) => $"{requests} Zoom requests were spent: the first was refused because its token was too old.",
        _ => $"It took {failures + 1} attempts; each that reached Zoom was counted as a request.",
    });

    /// <summary>The same in the history of each of several appointments, so that nobody counts the requests of one meeting twice.</summary>
    /// <param name="cost">What the request cost.</param>
    /// <param name="appointments">How many active appointments have the meeting's link.</param>
    public static StaffSentence SharedCost(string cost, int appointments) =>
        new(appointments > 1 ? $"{cost} The {appointments} appointments at this time share the link." : cost);

    /// <summary>The meeting was deleted by a request of ours.</summary>
    public static StaffSentence Deleted(int failures, int requests) =>
        new(Sentences(EventDetails.MeetingDeleted, Cost(failures, requests).Text));

    /// <summary>Why the link was created; empty for an ordinary booking.</summary>
    public static StaffSentence Cause(LinkCause cause) => new(cause switch
    {
        LinkCause.Rescheduled => "It is new because the appointment was rescheduled.",
        LinkCause.HostChanged => "It is new because another host took the appointment.",
        LinkCause.Restored => "It is new because the appointment was set back to active.",
        LinkCause.LocationChanged => "It is new because the meeting location was changed.",
        LinkCause.DeletedInZoom => "It was created again because the meeting was deleted in Zoom.",
        LinkCause.Connected => "It was made because the host's Zoom account was connected.",
        _ => "",
    });

    /// <summary>Why a wanted link is delayed, from the meeting's present state.</summary>
    public static StaffSentence Waits(SlotMeeting meeting, DateTimeOffset now) =>
        // Zoom's message is left out: it may quote the meeting's title and must not enter the history.
        ForStaff(LinkFacts.Of(meeting, Connections.ZoomAccountState.Connected, now) with { ZoomMessage = null });

    /// <summary>The meeting was deleted in Zoom by hand.</summary>
    public static StaffSentence Lost(SlotMeeting meeting) => new(meeting.WaitingFor is WaitingFor.Staff
        ? $"{DeletedInZoom} It is not made again unless staff ask for a new link."
        : $"{DeletedInZoom} A new link is being made.");
}
