using System.Globalization;
using NodaTime;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// Builds every sentence about a link, a meeting or the daily quota from the facts that the reconciler acts on. Staff read reasons with
/// names and times. Bookers read what it means for them, in their own time zone. Pure functions.
/// </summary>
public static partial class LinkDescriber
{
    /// <summary>The state of an appointment's link; empty if it has none.</summary>
    public static StaffSentence ForStaff(LinkFacts link) => new(link switch
    {
        { State: LinkState.None } => "",
        { State: LinkState.Missed } => "The appointment was over before a Zoom link could be made.",
        { JoinUrl: not null, IsOver: true } => "The appointment is over; this was its Zoom link.",
        { State: LinkState.Unmanaged } =>
            "The link works, but it is no longer managed: the host's Zoom account was disconnected. Changes are not told to Zoom.",
        { State: LinkState.Ready, WaitingFor: WaitingFor.Approval } =>
            "The Zoom link works. The Zoom account's admin has withdrawn the app's approval, so changes are not told to Zoom "
                + "until it is given again and the host connects.",
        { State: LinkState.Ready, WaitingFor: not WaitingFor.Nothing } =>
            "The Zoom link works. Zoom no longer accepts the host's connection, so changes are not told to Zoom until the host "
                + "connects again.",
        { State: LinkState.Ready } => "The Zoom link is ready.",
        { State: LinkState.OnItsWay, IsRecreated: true } => "The meeting was deleted in Zoom. A new Zoom link is on its way.",
        { State: LinkState.OnItsWay } => "The Zoom link is on its way.",
        _ => Waiting(link),
    });

    /// <summary>Why a booker has no link to join with; empty if there is one, or if the appointment is not on Zoom.</summary>
    /// <param name="link">The link's facts.</param>
    /// <param name="zoneId">The booker's time zone, an IANA id. UTC if it is unknown.</param>
    /// <param name="now">The present. Times of the same day are given without the date.</param>
    /// <param name="hasEmail">The booker can be reached by e-mail.</param>
    public static PublicSentence ForBooker(LinkFacts link, string zoneId, DateTimeOffset now, bool hasEmail) => new(link switch
    {
        { State: LinkState.None, HadLink: true } => "You can no longer use its Zoom link.",
        { State: LinkState.None } or { JoinUrl: not null } => "",
        { State: LinkState.Missed } => "Your appointment is over. No Zoom link was made for it.",
        { State: LinkState.Stopped } => "There is no Zoom link for your appointment at the moment. Please ask your host how to join.",
        { State: LinkState.OnItsWay } => Sentences("The Zoom link is on its way.", hasEmail ? "We'll email it to you." : ""),
        { ExpectedAt: { } at, MayTakeDays: false } when at < link.Start =>
            Sentences($"Your Zoom link will be ready by {Time(at, zoneId, now)}.", hasEmail ? "We'll email it to you." : ""),
        { ExpectedAt: { } at, MayTakeDays: false } => Sentences(
            $"Your Zoom link will be ready by {Time(at, zoneId, now)}, after your appointment has begun.",
            hasEmail ? "We'll email it to you." : "",
            "Please ask your host how to join until then."),
        _ => Sentences(
            "Your Zoom link is not ready yet.",
            hasEmail ? "We'll email it to you as soon as it is." : "",
            "If you do not have it when your appointment begins, please ask your host how to join."),
    });

    /// <summary>A label of two or three words for the calendar grid; empty if the appointment is not on Zoom.</summary>
    public static string Label(LinkFacts link) => link.State switch
    {
        LinkState.Ready => "Link ready",
        LinkState.OnItsWay => "Link on its way",
        LinkState.Waiting => "Link waiting",
        LinkState.Unmanaged => "Link not managed",
        LinkState.Missed or LinkState.Stopped => "No link",
        _ => "",
    };

    /// <summary>The effect of an edit that keeps date and time.</summary>
    public static StaffSentence OnEdit(LinkFacts link) => new(link switch
    {
        { JoinUrl: not null, IsOver: true } => "The appointment is over; its link stays as it was.",
        { JoinUrl: not null } => "Date and time stay, so the same link keeps working.",
        { IsPending: true } => "Date and time stay, so the appointment keeps waiting for the same link.",
        { WaitsForStaff: true, WaitingFor: WaitingFor.Refused } =>
            "Date and time stay. Zoom refused to make the meeting; after this change it is tried again.",
        _ => "",
    });

    /// <summary>What a booker reads before cancelling.</summary>
    public static PublicSentence BeforeCancelling(LinkFacts link) =>
        new(
            link.JoinUrl is null
                ? "Your place is given to others."
                : "Your place is given to others, and you can no longer use the Zoom link.");

    /// <summary>What the former host reads about the meeting left behind; empty if nothing is left in Zoom.</summary>
    public static StaffSentence OnLeftMeeting(SlotMeeting meeting, ZoomAccountState? account, DateTimeOffset now) => new(meeting switch
    {
        _ when meeting.IsOver(now) => "",
        { ZoomMeetingId: null, InFlight: null } => "",
        { State: SlotMeetingState.Dropped } => "Its Zoom meeting on your account was deleted.",
        { State: not SlotMeetingState.Unwanted } => "",
        _ => LinkFacts.WhyNotServed(meeting, account) switch
        {
            WaitingFor.Connection => "Its meeting is still in your Zoom account, which the app no longer manages. Please delete it there.",
            WaitingFor.Nothing when meeting is { WaitingFor: WaitingFor.Quota } && meeting.NextActionAt >= meeting.End =>
                "Its meeting is still in your Zoom account, and no request is left to delete it before its end. Please delete it there.",
            WaitingFor.Nothing when meeting is { WaitingFor: WaitingFor.Quota } =>
                "Its Zoom meeting on your account is deleted after 00:00 UTC.",
            WaitingFor.Nothing => "Its Zoom meeting on your account is being deleted.",
            _ => "Its meeting stays in your Zoom account until you connect Zoom again; then it is deleted.",
        },
    });

    private static string Waiting(LinkFacts link) => link.WaitingFor switch
    {
        WaitingFor.Quota when link.ExpectedAt is null =>
            "No Zoom request is left today for the host's Zoom account, and the appointment is over before there are new ones at "
                + "00:00 UTC: no link is made. Tell the booker another way to meet.",
        WaitingFor.Quota when link.ExpectedAt >= link.Start =>
            "No Zoom request is left today for the host's Zoom account. The link comes automatically after 00:00 UTC, when the "
                + "appointment has begun.",
        WaitingFor.Quota when link.MayTakeDays =>
            "No Zoom request is left today for the host's Zoom account, and more wait than a day allows. The link comes "
                + "automatically, perhaps only a day after the next 00:00 UTC.",
        WaitingFor.Quota => "No Zoom request is left today for the host's Zoom account. The link comes automatically after 00:00 UTC.",
        WaitingFor.Connection => "The host is not connected to Zoom. The link comes automatically once the host connects.",
        WaitingFor.Reconnection =>
            "Zoom no longer accepts the host's connection. The link comes automatically once the host connects again.",
        WaitingFor.Approval =>
            "The Zoom account's admin has withdrawn the app's approval. The link comes automatically once it is given again and the "
                + "host connects.",
        WaitingFor.ZoomDown =>
            "Zoom does not answer as it should at the moment. The appointment is still booked; "
                + "the link is tried again automatically until the appointment is over.",
        WaitingFor.RateLimit => "Zoom asks for a pause. The appointment is still booked; the link is tried again automatically.",
        WaitingFor.HostPermission =>
            "Zoom does not let the host's account schedule meetings. The host has to ask their Zoom admin; it is tried again each day.",
        WaitingFor.Refused =>
            $"Zoom refused to make the meeting{(link.ZoomMessage is { } why ? $": {why}" : ".")} Change its title or settings, or "
                + "ask for a new link.",
        WaitingFor.Staff => "The meeting was deleted in Zoom, so there is no link. Ask for a new link if one is wanted.",
        _ => "The Zoom link is on its way.",
    };

    /// <summary>For example "7:00 PM", preceded by the date unless it is today.</summary>
    private static string Time(DateTimeOffset at, string zoneId, DateTimeOffset now)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;
        var local = Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
        var clock = local.ToString("h:mm tt", CultureInfo.InvariantCulture);
        return local.Date == Instant.FromDateTimeOffset(now).InZone(zone).Date
            ? clock
            : $"{local.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}, {clock}";
    }

    private static string Sentences(params IEnumerable<string> sentences) =>
        string.Join(' ', sentences.Where(sentence => sentence.Length > 0));

    private static string Count(int count, string one, string many) =>
        count == 1 ? $"1 {one}" : $"{count.ToString(CultureInfo.InvariantCulture)} {many}";
}
