using Microsoft.Extensions.Localization;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Web.Components.Pages.Team;

/// <summary>Why some of the chosen appointments cannot go to the new host: one sentence for all that share the reason.</summary>
/// <param name="Sentence">What stands in the way, and what to do.</param>
/// <param name="Calendar">The calendar whose settings solve it; null if none does.</param>
internal sealed record ReassignObstacle(string Sentence, CalendarWithoutHost? Calendar)
{
    /// <summary>The obstacles of a preview, the one of most appointments first.</summary>
    public static IReadOnlyList<ReassignObstacle> Of(ReassignPreview preview, string newHost, IStringLocalizer<TeamStrings> loc) =>
    [
        .. preview.Lines
            .Where(line => line.WhyNot is not null)
            .GroupBy(line => (line.Calendar, WhyNot: line.Calendar is null ? line.WhyNot! : ""))
            .OrderByDescending(group => group.Count())
            .Select(group => new ReassignObstacle(
                group.Count() == 1
                    ? ForOne(group.Key.Calendar, group.Key.WhyNot, newHost, loc)
                    : ForSome(group.Count(), group.Key.Calendar, group.Key.WhyNot, newHost, loc),
                group.Key.Calendar)),
    ];

    private static string ForOne(CalendarWithoutHost? calendar, string reason, string host, IStringLocalizer<TeamStrings> loc) =>
        calendar switch
        {
            null => loc["1 appointment cannot go to {0}: {1}", host, reason],
            { HasOneOwner: true, IsPersonal: true } => loc[
                "1 appointment cannot go to {0}, because {1} is a personal calendar: only its owner hosts there.",
                host,
                calendar.Name],
            { HasOneOwner: true } => loc[
                "1 appointment cannot go to {0}, because {1} is a calendar with one owner: only its owner hosts there.",
                host,
                calendar.Name],
            _ => loc["1 appointment cannot go to {0}, because {0} is not on {1}.", host, calendar.Name],
        };

    private static string ForSome(
        int count, CalendarWithoutHost? calendar, string reason, string host, IStringLocalizer<TeamStrings> loc) =>
        calendar switch
        {
            null => loc["{0} appointments cannot go to {1}: {2}", count, host, reason],
            { HasOneOwner: true, IsPersonal: true } => loc[
                "{0} appointments cannot go to {1}, because {2} is a personal calendar: only its owner hosts there.",
                count,
                host,
                calendar.Name],
            { HasOneOwner: true } => loc[
                "{0} appointments cannot go to {1}, because {2} is a calendar with one owner: only its owner hosts there.",
                count,
                host,
                calendar.Name],
            _ => loc["{0} appointments cannot go to {1}, because {1} is not on {2}.", count, host, calendar.Name],
        };
}
