using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Core.Meetings;

public enum LinkState
{
    /// <summary>The appointment's location is not Zoom, or it is no longer active.</summary>
    None,
    Ready,
    OnItsWay,
    Waiting,

    /// <summary>The link works, but no connection looks after its meeting any more.</summary>
    Unmanaged,
    Missed,
}

/// <summary>Where an appointment's link stands, in words for the people who see it.</summary>
public sealed record LinkStatus(LinkState State, string? JoinUrl, string Sentence)
{
    private static readonly LinkStatus NoLink = new(LinkState.None, null, "");

    public static LinkStatus Of(Appointment appointment, SlotMeeting? meeting, DateTimeOffset now) =>
        appointment.UsesZoom ? Of(meeting, now) : NoLink;

    /// <summary>For an active appointment whose location is Zoom.</summary>
    public static LinkStatus Of(SlotMeeting? meeting, DateTimeOffset now) => meeting switch
    {
        { State: SlotMeetingState.Live, JoinUrl: { } link, WaitingFor: WaitingFor.Connection } =>
            new(LinkState.Unmanaged, link, "The link works, but it is no longer managed: the host's Zoom account was disconnected. Changes are not told to Zoom."),
        { State: SlotMeetingState.Live, JoinUrl: { } link } => new(LinkState.Ready, link, "The Zoom link is ready."),
        { State: SlotMeetingState.Missed } => new(LinkState.Missed, null, "The appointment was over before a Zoom link could be made."),
        { State: SlotMeetingState.Wanted } when meeting.End <= now => new(LinkState.Missed, null, "The appointment was over before a Zoom link could be made."),
        { State: SlotMeetingState.Wanted, WaitingFor: WaitingFor.Nothing } => new(LinkState.OnItsWay, null, "The Zoom link is on its way."),
        { State: SlotMeetingState.Wanted } => new(LinkState.Waiting, null, Words(meeting)),
        _ => NoLink,
    };

    private static string Words(SlotMeeting meeting) => meeting.WaitingFor switch
    {
        WaitingFor.Quota => "Today's 100 Zoom requests are used up. The link comes by itself after 00:00 UTC.",
        WaitingFor.Connection => "The host is not connected to Zoom. The link comes by itself once the host connects.",
        WaitingFor.Reconnection => "Zoom no longer accepts the host's connection. The link comes by itself once the host connects again.",
        WaitingFor.Approval => "The Zoom account's admin has withdrawn the app's approval. The link comes by itself once it is approved again.",
        WaitingFor.ZoomDown => "Zoom does not answer at the moment. The booking stands; the link follows by itself.",
        WaitingFor.RateLimit => "Zoom asks for a short pause. The link follows by itself.",
        WaitingFor.HostPermission => "Zoom does not let the host's account schedule meetings. The host has to ask their Zoom admin.",
        WaitingFor.Refused => $"Zoom refused to make the meeting{(meeting.LastError is { } why ? $": {why}" : ".")} Ask for a new link after changing what it names.",
        WaitingFor.Staff => "The meeting was deleted in Zoom. Ask for a new link if one is wanted.",
        _ => "The Zoom link is on its way.",
    };
}
