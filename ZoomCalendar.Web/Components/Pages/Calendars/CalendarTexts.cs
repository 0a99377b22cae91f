using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>Display names of types and choices.</summary>
internal static class CalendarTexts
{
    public static string Name(CalendarType type) => type switch
    {
        CalendarType.Personal => "Personal",
        CalendarType.RoundRobin => "Round robin",
        CalendarType.Collective => "Collective",
        CalendarType.ClassBooking => "Class booking",
        _ => "Event",
    };

    public static string About(CalendarType type) => type switch
    {
        CalendarType.Personal => "One person hosts every appointment.",
        CalendarType.RoundRobin => "A team member who is free hosts.",
        CalendarType.Collective => "All members attend; the primary owner hosts.",
        CalendarType.ClassBooking => "One person hosts, many can book the same time.",
        _ => "A place with hours, without a host. Never on Zoom.",
    };

    public static string Name(CalendarVersion version) => version is CalendarVersion.V3 ? "V3" : $"Legacy ({version})";

    public static string Name(RoundRobinBy by) => by is RoundRobinBy.EqualDistribution ? "Equal distribution" : "Availability";

    public static string Name(Recording recording) => recording switch
    {
        Recording.Local => "On the host's computer",
        Recording.Cloud => "In the Zoom cloud",
        _ => "Not automatically",
    };

    /// <summary>"30 minutes", "1 hour", "90 minutes".</summary>
    public static string Length(int minutes) => minutes switch
    {
        60 => "1 hour",
        > 60 when minutes % 60 == 0 => $"{minutes / 60} hours",
        _ => $"{minutes} minutes",
    };

    /// <summary>"Zoom", or with the number of members on each where they differ: "Zoom (2), Phone (1)".</summary>
    public static string Locations(IReadOnlyList<CalendarRowLocation> locations)
    {
        var kinds = locations.CountBy(location => location.Kind).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key).ToList();
        return kinds is [var only]
            ? LocationInput.NameOf(only.Key)
            : string.Join(", ", kinds.Select(kind => $"{LocationInput.NameOf(kind.Key)} ({kind.Value})"));
    }

    /// <summary>Whether the calendar's Zoom members have connected Zoom, by name if they have not. Null: Zoom is not used.</summary>
    public static (bool IsConnected, string Text)? ZoomState(IReadOnlyList<CalendarRowLocation> locations)
    {
        var onZoom = locations.Where(location => location.Kind is MeetingLocationKind.Zoom).ToList();
        var missing = onZoom.Where(location => !location.IsConnected).Select(location => location.Member).ToList();
        return onZoom.Count == 0 ? null
            : missing.Count == 0 ? (true, "Zoom connected")
            : (false, $"Zoom not connected: {string.Join(", ", missing)}");
    }
}
