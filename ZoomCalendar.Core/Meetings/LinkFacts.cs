using ZoomCalendar.Core.Connections;

namespace ZoomCalendar.Core.Meetings;

/// <summary>The state of an appointment's link.</summary>
public enum LinkState
{
    /// <summary>The appointment is not active, or its location is not Zoom.</summary>
    None,
    /// <summary>The link works, and its meeting is managed.</summary>
    Ready,
    /// <summary>The link is being created.</summary>
    OnItsWay,
    /// <summary>The link is delayed and comes later.</summary>
    Waiting,

    /// <summary>The link works, but no connection manages its meeting any more.</summary>
    Unmanaged,
    /// <summary>The appointment was over before a link could be created.</summary>
    Missed,

    /// <summary>There is no link, and the app does not try again without staff.</summary>
    Stopped,
}

/// <summary>
/// The state of one appointment's link at one moment: the facts that the reconciler acts on. <see cref="LinkDescriber"/> turns them into
/// sentences.
/// </summary>
/// <param name="State">The link's state.</param>
/// <param name="JoinUrl">The join link; null if there is none.</param>
public sealed record LinkFacts(LinkState State, string? JoinUrl = null)
{
    /// <summary>The facts of an appointment without a link.</summary>
    public static readonly LinkFacts None = new(LinkState.None);

    /// <summary>The meeting's id, for those who type it into Zoom; null without a link, or if it was erased.</summary>
    public long? MeetingId { get; init; }

    /// <summary>The passcode that belongs to the id; null if the meeting has none.</summary>
    public string? Passcode { get; init; }

    /// <summary>Why the link is missing, or why changes are not sent to Zoom.</summary>
    public WaitingFor WaitingFor { get; init; }

    /// <summary>The message of Zoom's last refusal.</summary>
    public string? ZoomMessage { get; init; }

    /// <summary>When requests can be sent again, if only the quota delays the link; null if the time is unknown.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>More requests wait for <see cref="ExpectedAt"/> than one day allows, so the link may take another day.</summary>
    public bool MayTakeDays { get; init; }

    /// <summary>The appointment's start, as <see cref="End"/> is its end.</summary>
    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    /// <summary>The appointment is over.</summary>
    public bool IsOver { get; init; }

    /// <summary>The meeting was deleted in Zoom by hand before and is created again.</summary>
    public bool IsRecreated { get; init; }

    /// <summary>The appointment ended and had a Zoom link before.</summary>
    public bool HadLink { get; init; }

    /// <summary>A link is still expected.</summary>
    public bool IsPending => State is LinkState.OnItsWay or LinkState.Waiting;

    /// <summary>The app stopped trying, and staff can ask for another attempt.</summary>
    public bool WaitsForStaff => State is LinkState.Stopped && WaitingFor is WaitingFor.Staff or WaitingFor.Refused;

    /// <summary>The facts of one appointment's link.</summary>
    /// <param name="appointment">The appointment as it is now.</param>
    /// <param name="meeting">Its slot meeting; null if there is none.</param>
    /// <param name="account">The state of the Zoom account that serves the meeting; null if no profile is connected to it.</param>
    /// <param name="now">The present.</param>
    public static LinkFacts Of(ISlotAppointment appointment, SlotMeeting? meeting, ZoomAccountState? account, DateTimeOffset now) =>
        appointment.UsesZoom
            ? Of(meeting, account, now) with { Start = appointment.Slot.Start, End = appointment.End, IsOver = appointment.End <= now }
            : None;

    /// <summary>The facts for any active Zoom appointment of the meeting's slot.</summary>
    public static LinkFacts Of(SlotMeeting? meeting, ZoomAccountState? account, DateTimeOffset now)
    {
        if (meeting is null)
        {
            return None;
        }

        var unserved = WhyNotServed(meeting, account);
        return (meeting switch
        {
            { State: SlotMeetingState.Live, JoinUrl: { } link } when unserved is WaitingFor.Connection =>
                OfLive(LinkState.Unmanaged, link, meeting, unserved),
            { State: SlotMeetingState.Live, JoinUrl: { } link } => OfLive(LinkState.Ready, link, meeting, unserved),
            { State: SlotMeetingState.Missed } => new LinkFacts(LinkState.Missed),
            { State: SlotMeetingState.Wanted } when meeting.IsOver(now) => new LinkFacts(LinkState.Missed),
            { State: SlotMeetingState.Wanted } => OfWanted(meeting, unserved),
            _ => None,
        }) with
        { Start = meeting.Start, End = meeting.End, IsOver = meeting.IsOver(now), IsRecreated = meeting.MadeAnew };
    }

    /// <summary>Why nothing can be sent on an account; <see cref="WaitingFor.Nothing"/> if requests can be sent.</summary>
    /// <param name="account">The account's state; null if no profile is connected to it.</param>
    public static WaitingFor WhyNotServed(ZoomAccountState? account) => account switch
    {
        null => WaitingFor.Connection,
        ZoomAccountState.Connected => WaitingFor.Nothing,
        ZoomAccountState.ApprovalWithdrawn => WaitingFor.Approval,
        _ => WaitingFor.Reconnection,
    };

    /// <summary>
    /// Why nothing can be sent about a meeting; <see cref="WaitingFor.Nothing"/> if requests can be sent. A meeting that waits for a
    /// connection does so until somebody connects, whatever the account's state is meanwhile.
    /// </summary>
    public static WaitingFor WhyNotServed(SlotMeeting meeting, ZoomAccountState? account) => meeting switch
    {
        { WaitingFor: WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval } => meeting.WaitingFor,
        { ZoomUserKey: null } => WaitingFor.Connection,
        _ => WhyNotServed(account),
    };

    private static LinkFacts OfLive(LinkState state, string link, SlotMeeting meeting, WaitingFor unserved) => new(state, link)
    {
        WaitingFor = unserved,
        MeetingId = meeting.ZoomMeetingId,
        Passcode = meeting.Passcode is { Length: > 0 } passcode ? passcode : null,
    };

    private static LinkFacts OfWanted(SlotMeeting meeting, WaitingFor unserved)
    {
        // The account's present state takes precedence over the reason stored at the last look.
        var reason = meeting.WaitingFor is WaitingFor.Staff || unserved is WaitingFor.Nothing ? meeting.WaitingFor : unserved;
        var comesAt = reason is WaitingFor.Quota && meeting.NextActionAt < meeting.End ? meeting.NextActionAt : null;
        var state = reason switch
        {
            WaitingFor.Nothing => LinkState.OnItsWay,
            WaitingFor.Staff or WaitingFor.Refused => LinkState.Stopped,
            // The appointment ends before new requests are available.
            WaitingFor.Quota when comesAt is null => LinkState.Stopped,
            _ => LinkState.Waiting,
        };
        return new LinkFacts(state) { WaitingFor = reason, ZoomMessage = meeting.LastError, ExpectedAt = comesAt };
    }
}
