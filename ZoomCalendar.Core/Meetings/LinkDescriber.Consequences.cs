using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <content>The effect of a planned change on the link, for confirmation dialogs.</content>
public static partial class LinkDescriber
{
    private const string NoLinkAffected = "This does not affect a Zoom link.";

    /// <summary>The effect of cancelling one appointment or a whole slot.</summary>
    public static StaffSentence OnCancel(LinkForecast forecast) =>
        new(forecast.Before.State is LinkState.None ? NoLinkAffected : SentenceOfLeft(forecast, "The Zoom link", " for good"));

    /// <summary>The effect of another time or another host.</summary>
    public static StaffSentence OnMove(LinkForecast forecast) => new(forecast switch
    {
        { Before.State: LinkState.None, After.State: LinkState.None } => NoLinkAffected,
        { IsSame: true } => OnEdit(forecast.Before).Text is { Length: > 0 } kept ? kept : "Date and time stay; there is no link.",
        _ => Sentences(
            SentenceOfNew(forecast), forecast.Before.State is LinkState.None ? "" : SentenceOfLeft(forecast, "The current link", "")),
    });

    /// <summary>The effect of switching from the booked location to the host's present one.</summary>
    public static StaffSentence OnSwitchLocation(LinkForecast forecast) => new(forecast switch
    {
        { Before.State: LinkState.None, After.State: LinkState.None } => "",
        { Before.State: LinkState.None } => SentenceOfNew(forecast),
        _ => SentenceOfLeft(forecast, "The Zoom link", " for good"),
    });

    private static string SentenceOfNew(LinkForecast forecast)
    {
        var (it, gets, shares) = forecast.Count == 1 ? ("It", "gets", "shares") : ($"All {forecast.Count}", "get", "share");
        return forecast.After switch
        {
            { JoinUrl: not null, State: LinkState.Unmanaged } =>
                $"{it} {shares} the link of {There(forecast.OthersAfter)}, which is no longer managed: the host's Zoom account "
                    + "was disconnected.",
            { JoinUrl: not null } => $"{it} {shares} the link of {There(forecast.OthersAfter)}.",
            { State: LinkState.OnItsWay } when forecast.OthersAfter > 0 =>
                $"{it} {shares} the link that is on its way for {There(forecast.OthersAfter)}.",
            { State: LinkState.OnItsWay } when forecast.Count == 1 => "It gets a new link.",
            { State: LinkState.OnItsWay } => $"{it} get the same new link.",
            { State: LinkState.Missed } => $"{it} {gets} no link: the new time is over.",
            { State: LinkState.Stopped } => $"{it} {gets} no link there. {Waiting(forecast.After)}",
            { State: LinkState.Waiting } => $"{it} {gets} no link for now. {Waiting(forecast.After)}",
            _ => $"{it} {gets} no link.",
        };
    }

    private static string SentenceOfLeft(LinkForecast forecast, string link, string forGood)
    {
        // A meeting that does not exist yet has no link that a booker could hold.
        var had = forecast.Before.JoinUrl is not null;
        return forecast.LeftMeeting switch
        {
            LeftMeetingOutcome.Untouched => "There is no Zoom meeting, so nothing changes in Zoom.",
            LeftMeetingOutcome.Kept when had => $"{link} stays: {Uses(forecast.OthersBefore)} it.",
            LeftMeetingOutcome.Kept when forecast.Before.IsPending =>
                "No link has been made yet. "
                    + $"{Count(forecast.OthersBefore, "other appointment goes on waiting", "other appointments go on waiting")} for it.",
            LeftMeetingOutcome.Kept =>
                $"There is no link. {Count(forecast.OthersBefore, "other appointment shares", "other appointments share")} the time.",
            LeftMeetingOutcome.NeverMade => "No Zoom meeting has been made, so nothing is left in Zoom.",
            LeftMeetingOutcome.Deleted => $"The Zoom meeting is deleted and {LowerFirst(link)} stops working{forGood}.",
            LeftMeetingOutcome.DeletedIfMade => "A request to make the Zoom meeting is on its way. What it makes is deleted again.",
            LeftMeetingOutcome.DeletedAtReset =>
                $"{link} is dropped here. Its meeting is deleted in Zoom after 00:00 UTC: the requests of today are used up or "
                    + "kept for new links. Until then the link still opens it.",
            LeftMeetingOutcome.DeletedOnReconnection =>
                $"{link} is dropped here, but nothing can be sent to Zoom on the host's connection. Its meeting is deleted once "
                    + "the host connects again; until then it stays in Zoom.",
            LeftMeetingOutcome.StaysUnmanaged =>
                $"{link} is dropped here, but the app no longer manages its meeting: afterwards the host has to delete it in Zoom.",
            LeftMeetingOutcome.StaysWithoutRequest =>
                $"{link} is dropped here, but no request to Zoom can be spent on it before the appointment's end: the host has to "
                    + "delete the meeting in Zoom.",
            _ => $"The appointment is over. {link} is dropped here; nothing changes in Zoom.",
        };
    }

    private static string LowerFirst(string link) => char.ToLowerInvariant(link[0]) + link[1..];

    private static string Uses(int count) => Count(count, "other appointment uses", "other appointments use");

    private static string There(int count) => count == 1 ? "the appointment already there" : $"the {count} appointments already there";
}
