using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>The result of saving one part of the page.</summary>
/// <param name="Outcome">Done or refused.</param>
/// <param name="Sentence">Said if it was done.</param>
/// <param name="KeepOthers">Takes what is unsaved in the other parts over onto the present state.</param>
public sealed record SavedPart(ChangeOutcome Outcome, string Sentence, Action<CalendarDrafts, CalendarDrafts> KeepOthers)
{
    public static void AllOthers(CalendarDrafts unsaved, CalendarDrafts fresh) =>
        (fresh.General, fresh.Rules, fresh.Meeting, fresh.Locations) = (unsaved.General, unsaved.Rules, unsaved.Meeting, unsaved.Locations);

    public static void OthersThanGeneral(CalendarDrafts unsaved, CalendarDrafts fresh) =>
        (fresh.Rules, fresh.Meeting, fresh.Locations) = (unsaved.Rules, unsaved.Meeting, unsaved.Locations);

    public static void OthersThanRules(CalendarDrafts unsaved, CalendarDrafts fresh) =>
        (fresh.General, fresh.Meeting, fresh.Locations) = (unsaved.General, unsaved.Meeting, unsaved.Locations);

    public static void OthersThanMeeting(CalendarDrafts unsaved, CalendarDrafts fresh) =>
        (fresh.General, fresh.Rules, fresh.Locations) = (unsaved.General, unsaved.Rules, unsaved.Locations);

    /// <summary>Everything except this member's location. Added and removed members follow the present state.</summary>
    public static Action<CalendarDrafts, CalendarDrafts> OthersThanLocationOf(Guid? user) => (unsaved, fresh) =>
    {
        (fresh.General, fresh.Rules, fresh.Meeting) = (unsaved.General, unsaved.Rules, unsaved.Meeting);
        foreach (var id in fresh.Locations.Keys.Where(id => id != user && unsaved.Locations.ContainsKey(id)).ToList())
        {
            fresh.Locations[id] = unsaved.Locations[id];
        }
    };
}
