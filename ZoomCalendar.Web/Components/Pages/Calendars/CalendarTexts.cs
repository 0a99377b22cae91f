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
        CalendarType.RoundRobin => "Whoever of the team is free hosts.",
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
        _ => "Not by itself",
    };
}
