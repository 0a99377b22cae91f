using Microsoft.Extensions.Localization;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>Display names of types and choices.</summary>
internal static class CalendarTexts
{
    public static string Name(CalendarType type, IStringLocalizer<CalendarsStrings> loc) => type switch
    {
        CalendarType.Personal => loc["Personal"],
        CalendarType.RoundRobin => loc["Round robin"],
        CalendarType.Collective => loc["Collective"],
        CalendarType.ClassBooking => loc["Class booking"],
        _ => loc["Event"],
    };

    public static string About(CalendarType type, IStringLocalizer<CalendarsStrings> loc) => type switch
    {
        CalendarType.Personal => loc["One person hosts every appointment."],
        CalendarType.RoundRobin => loc["A team member who is free hosts."],
        CalendarType.Collective => loc["All members attend; the primary owner hosts."],
        CalendarType.ClassBooking => loc["One person hosts, many can book the same time."],
        _ => loc["A place with opening hours and no host. It cannot use Zoom."],
    };

    public static string Name(CalendarVersion version, IStringLocalizer<CalendarsStrings> loc) =>
        version is CalendarVersion.V3 ? loc["V3"] : loc["Legacy ({0})", version];

    public static string Name(RoundRobinBy by, IStringLocalizer<CalendarsStrings> loc) =>
        by is RoundRobinBy.EqualDistribution ? loc["Equal distribution"] : loc["Availability"];

    public static string Name(Recording recording, IStringLocalizer<CalendarsStrings> loc) => recording switch
    {
        Recording.Local => loc["On the host's computer"],
        Recording.Cloud => loc["In the Zoom cloud"],
        _ => loc["Not automatically"],
    };

    /// <summary>"30 minutes", "1 hour", "90 minutes".</summary>
    public static string Length(int minutes, IStringLocalizer<CalendarsStrings> loc) => minutes switch
    {
        60 => loc["1 hour"],
        > 60 when minutes % 60 == 0 => loc["{0} hours", minutes / 60],
        _ => loc["{0} minutes", minutes],
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
    public static (bool IsConnected, string Text)? ZoomState(
        IReadOnlyList<CalendarRowLocation> locations, IStringLocalizer<CalendarsStrings> loc)
    {
        var onZoom = locations.Where(location => location.Kind is MeetingLocationKind.Zoom).ToList();
        var missing = onZoom.Where(location => !location.IsConnected).Select(location => location.Member).ToList();
        return onZoom.Count == 0 ? null
            : missing.Count == 0 ? (true, loc["Zoom connected"].Value)
            : (false, loc["Zoom not connected: {0}", string.Join(", ", missing)].Value);
    }
}
