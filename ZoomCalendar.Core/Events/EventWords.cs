namespace ZoomCalendar.Core.Events;

/// <summary>An event in words: what happened, and the detail that was written with it.</summary>
public static class EventWords
{
    public static string What(ActivityLine line) => line.Kind switch
    {
        EventKind.AppointmentBooked => "Booked",
        EventKind.AppointmentEdited when line.Detail == "location" => "Switched to the present meeting location",
        EventKind.AppointmentEdited => "Edited",
        EventKind.AppointmentMoved => "Rescheduled",
        EventKind.AppointmentCancelled => "Cancelled",
        EventKind.AppointmentRestored => "Set back to active",
        EventKind.AppointmentDeleted => "Deleted",
        EventKind.AppointmentStatusChanged => $"Marked as {StatusName(line.Detail)}",
        EventKind.AppointmentAskedAgain => "Tried to book again; this time was theirs already",
        EventKind.BookerChanged => $"Booker changed {line.Detail}",
        EventKind.ConfirmationSentAgain => $"Confirmation sent again {line.Detail}",
        EventKind.LinkReady => "Zoom link created",
        EventKind.LinkReused => "Zoom link of the time slot re-used",
        EventKind.LinkDropped => "Zoom link dropped for good",
        EventKind.LinkWaiting => "Zoom link has to wait",
        EventKind.LinkLost => "Zoom meeting was deleted in Zoom",
        EventKind.LinkChanged => "Zoom link changed",
        EventKind.LinkMissed => "Over before a Zoom link could be made",
        EventKind.LinkOverdue => "Still no Zoom link after a quarter of an hour",
        EventKind.LinkUpdated => "Zoom meeting brought up to date",
        EventKind.LinkChangedInZoom => "Zoom meeting was changed in Zoom",
        EventKind.ConnectionMade => "Zoom connected",
        EventKind.ConnectionLost => "Zoom connection lost",
        EventKind.ConnectionRestored => "Zoom connection restored",
        EventKind.ConnectionEnded => "Zoom disconnected",
        EventKind.QuotaNear => "Zoom requests are running low",
        EventKind.QuotaUsedUp => "Zoom requests of the day are used up",
        EventKind.CalendarChanged => "Calendar settings",
        EventKind.MembershipChanged => "Team",
        EventKind.MessagesChanged => "Messages",
        EventKind.WaitingListChanged => "Waiting list",
        EventKind.ForeignMarkerSeen => "A meeting in Zoom that only looks like ours was left alone",
        _ => line.Kind.ToString(),
    };

    /// <summary>More about it, if there is more to say.</summary>
    public static string Detail(ActivityLine line) => line.Kind switch
    {
        EventKind.AppointmentStatusChanged or EventKind.AppointmentCancelled or EventKind.AppointmentDeleted or EventKind.AppointmentRestored => "",
        EventKind.AppointmentEdited when line.Detail == "location" => "",
        EventKind.BookerChanged or EventKind.ConfirmationSentAgain => "",
        EventKind.AppointmentEdited when line.HasLink => "The Zoom link was kept.",
        EventKind.LinkReady or EventKind.LinkUpdated when line.Detail.Length == 0 => "One Zoom request was spent.",
        EventKind.LinkReused when line.Detail.Length == 0 => "No Zoom request was needed.",
        _ => line.Detail.StartsWith('{') ? "" : line.Detail,
    };

    private static string StatusName(string status) => status switch
    {
        "NoShow" => "no-show",
        _ => status.ToLowerInvariant(),
    };
}
