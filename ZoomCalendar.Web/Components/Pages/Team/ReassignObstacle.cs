using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Web.Components.Pages.Team;

/// <summary>Why some of the chosen appointments cannot go to the new host: one sentence for all that share the reason.</summary>
/// <param name="Sentence">What stands in the way, and what to do.</param>
/// <param name="Calendar">The calendar whose settings solve it; null if none does.</param>
internal sealed record ReassignObstacle(string Sentence, CalendarWithoutHost? Calendar)
{
    /// <summary>The name of the action in the calendar's settings.</summary>
    public string Action => Calendar is { HasOneOwner: true } ? "Change owner" : "Change members";

    /// <summary>The obstacles of a preview, the one of most appointments first.</summary>
    public static IReadOnlyList<ReassignObstacle> Of(ReassignPreview preview, string newHost) =>
    [
        .. preview.Lines
            .Where(line => line.WhyNot is not null)
            .GroupBy(line => (line.Calendar, WhyNot: line.Calendar is null ? line.WhyNot! : ""))
            .OrderByDescending(group => group.Count())
            .Select(group => new ReassignObstacle(Say(group.Count(), group.Key.Calendar, group.Key.WhyNot, newHost), group.Key.Calendar)),
    ];

    private static string Say(int count, CalendarWithoutHost? calendar, string reason, string newHost)
    {
        var subject = count == 1 ? "1 appointment" : $"{count} appointments";
        return calendar switch
        {
            null => $"{subject} cannot go to {newHost}: {reason}",
            { HasOneOwner: true } =>
                $"{subject} cannot go to {newHost}, because {calendar.Name} is {(calendar.IsPersonal ? "a personal calendar" : "a calendar with one owner")}: only its owner hosts there.",
            _ => $"{subject} cannot go to {newHost}, because {newHost} is not on {calendar.Name}.",
        };
    }
}
