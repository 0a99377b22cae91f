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

    /// <summary>The text after "Confirmation sent again".</summary>
    public static string SentAgain(string address) => $"to {address}";

    /// <summary>
    /// The addresses in a text of <see cref="BookerChange"/> or <see cref="SentAgain"/>. An address may contain " to " in quotation marks, so
    /// there may be texts among them that are none.
    /// </summary>
    public static IEnumerable<string> AddressesIn(string detail)
    {
        const string before = "from ", between = " to ";
        if (detail.StartsWith(between[1..], StringComparison.Ordinal))
        {
            yield return detail[(between.Length - 1)..];
        }

        if (!detail.StartsWith(before, StringComparison.Ordinal))
        {
            yield break;
        }

        for (var at = detail.IndexOf(between, StringComparison.Ordinal);
            at >= 0;
            at = detail.IndexOf(between, at + 1, StringComparison.Ordinal))
        {
            if (at >= before.Length)
            {
                yield return detail[before.Length..at];
                yield return detail[(at + between.Length)..];
            }
        }
    }
}
