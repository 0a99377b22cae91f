using NodaTime;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Activity;

/// <summary>The texts of events on screen.</summary>
public static class EventTexts
{
    /// <summary>What happened, with a move's former and new time in the given zone.</summary>
    public static string Title(ActivityEntry entry, DateTimeZone zone) => entry switch
    {
        { Kind: EventKind.AppointmentMoved, FormerStart: { } from, NewStart: { } to } =>
            (from == to
                ? "Reassigned to another host"
                : $"Rescheduled from {Time(from, entry.At, zone)} to {Time(to, entry.At, zone)}") + Hosts(entry),
        _ => Title(entry),
    };

    /// <summary>What happened.</summary>
    public static string Title(ActivityEntry entry) => entry.Kind switch
    {
        EventKind.AppointmentBooked => "Booked",
        EventKind.AppointmentEdited when entry.Detail == EventDetails.LocationSwitched => "Switched to the current meeting location",
        EventKind.AppointmentEdited => "Edited",
        EventKind.AppointmentMoved => "Rescheduled",
        EventKind.AppointmentCancelled => "Cancelled",
        EventKind.AppointmentRestored => "Set back to active",
        EventKind.AppointmentDeleted => "Deleted",
        EventKind.AppointmentStatusChanged => $"Marked as {StatusName(entry.Detail)}",
        EventKind.AppointmentAskedAgain => "Tried to book again; this time was theirs already",
        EventKind.BookerChanged => $"Booker changed {entry.Detail}".TrimEnd(),
        EventKind.ConfirmationSentAgain => $"Confirmation sent again {entry.Detail}".TrimEnd(),
        EventKind.LinkReady => "Zoom link created",
        EventKind.LinkReused => "Zoom link of the time slot reused",
        EventKind.LinkDropped when entry.Detail.StartsWith(EventDetails.MeetingDeleted, StringComparison.Ordinal) => "Zoom meeting deleted",
        EventKind.LinkDropped => "Zoom link dropped permanently",
        EventKind.LinkWaiting => "No Zoom link yet",
        EventKind.LinkLost => "Zoom meeting was deleted in Zoom",
        EventKind.LinkChanged => "Zoom link changed",
        EventKind.LinkMissed => "Over before a Zoom link could be made",
        EventKind.LinkOverdue => "Still no Zoom link after 15 minutes",
        EventKind.LinkUpdated => "Zoom meeting updated",
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
        EventKind.ForeignMarkerSeen => "A meeting in Zoom that only looks like ours was not changed",
        _ => entry.Kind.ToString(),
    };

    /// <summary>Details of the event; empty if there are none.</summary>
    public static string Detail(ActivityEntry entry) => entry.Kind switch
    {
        EventKind.AppointmentStatusChanged or EventKind.AppointmentCancelled or EventKind.AppointmentDeleted
            or EventKind.AppointmentRestored => "",
        EventKind.AppointmentEdited when entry.Detail == EventDetails.LocationSwitched => "",
        EventKind.BookerChanged or EventKind.ConfirmationSentAgain => "",
        EventKind.LinkReady or EventKind.LinkUpdated when entry.Detail.Length == 0 => "One Zoom request was spent.",
        EventKind.LinkReused when entry.Detail.Length == 0 => "No Zoom request was needed.",
        _ => entry.Detail.StartsWith('{') ? "" : entry.Detail,
    };

    private static string Hosts(ActivityEntry entry) =>
        entry.FormerPersonName is { } former && former != entry.PersonName ? $", from {former} to {entry.PersonName ?? "nobody"}" : "";

    /// <summary>For example "Tue 3 Mar 10:00", with the year if it differs from the event's.</summary>
    private static string Time(DateTimeOffset time, DateTimeOffset happened, DateTimeZone zone)
    {
        var local = Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime;
        var isSameYear = local.Year == Instant.FromDateTimeOffset(happened).InZone(zone).Year;
        return local.ToString(isSameYear ? "ddd d MMM HH:mm" : "ddd d MMM uuuu HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string StatusName(string status) => status switch
    {
        "NoShow" => "no-show",
        _ => status.ToLowerInvariant(),
    };
}
