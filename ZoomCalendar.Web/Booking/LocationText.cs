using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Booking;

/// <summary>Describes meeting locations for bookers, without the Zoom link.</summary>
internal static class LocationText
{
    public static string Short(MeetingLocation place) => place.Kind switch
    {
        MeetingLocationKind.Zoom => "Zoom",
        MeetingLocationKind.Phone => PublicStrings.Loc["by phone"],
        MeetingLocationKind.InPerson => place.Detail,
        MeetingLocationKind.Custom => IsLink(place.Detail) ? PublicStrings.Loc["online"] : place.Detail,
        _ => PublicStrings.Loc["where you like"],
    };

    public static string Full(MeetingLocation place) => place.Kind switch
    {
        MeetingLocationKind.Zoom => "Zoom",
        MeetingLocationKind.Phone when place.Detail.Length > 0 => PublicStrings.Loc["Phone: {0}", place.Detail],
        MeetingLocationKind.Phone => PublicStrings.Loc["Phone"],
        _ when place.Detail.Length > 0 => place.Detail,
        _ => PublicStrings.Loc["to be agreed"],
    };

    public static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
