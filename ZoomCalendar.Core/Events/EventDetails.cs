namespace ZoomCalendar.Core.Events;

/// <summary>Well-known values of <see cref="Event.Detail"/>.</summary>
public static class EventDetails
{
    /// <summary>
    /// The last appointment left an unmanaged meeting, which only the host can delete. The event's detail ends with this text.
    /// </summary>
    public const string DeleteInZoom = "The app no longer managed this meeting, so it is still in Zoom. Its host has to delete it there.";

    /// <summary>Zoom deleted the meeting of a dropped link. The event's detail starts with this text.</summary>
    public const string MeetingDeleted = "Its meeting was deleted in Zoom.";

    /// <summary>An edit that changed the meeting location.</summary>
    public const string LocationSwitched = "location";

    /// <summary>An edit of an appointment that has a link.</summary>
    public const string LinkKept = "The Zoom link was kept.";

    /// <summary>An edit that removed the booker's data.</summary>
    public const string BookerErased = "The booker's data were erased.";

    /// <summary>The text after "Booker changed".</summary>
    public static string BookerChange(string from, string to) => (from.Length, to.Length) switch
    {
        (0, _) => $"from no email address to {to}",
        (_, 0) => $"from {from} to no email address",
        _ => $"from {from} to {to}",
    };
}
