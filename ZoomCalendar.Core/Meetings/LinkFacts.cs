using ZoomCalendar.Core.Connections;

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

    /// <summary>There is no link, and none is made by itself any more.</summary>
    Stopped,
}

/// <summary>
/// Where one appointment's link stands at one moment: the facts that the reconciler acts on. <see cref="LinkDescriber"/> turns them into
/// sentences for staff and for bookers.
/// </summary>
/// <param name="State">What there is.</param>
/// <param name="JoinUrl">Null: there is no link to join with.</param>
public sealed record LinkFacts(LinkState State, string? JoinUrl = null)
{
    public static readonly LinkFacts None = new(LinkState.None);

    /// <summary>What it waits for, why it is not made, or why nobody tells Zoom about changes.</summary>
    public WaitingFor WaitingFor { get; init; }

    /// <summary>Zoom's last refusal, in Zoom's words.</summary>
    public string? ZoomMessage { get; init; }

    /// <summary>When requests may leave again, if that is all it waits for; null: nobody can say.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>More wait for that moment than a day allows: it may not be the first day's turn.</summary>
    public bool MayTakeDays { get; init; }

    /// <summary>The appointment's start and end.</summary>
    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    public bool IsOver { get; init; }

    /// <summary>It was deleted in Zoom by hand before.</summary>
    public bool IsRecreated { get; init; }

    /// <summary>An ended appointment on Zoom that had a link.</summary>
    public bool HadLink { get; init; }

    public bool IsPending => State is LinkState.OnItsWay or LinkState.Waiting;

    /// <summary>The app has stopped trying by itself, and staff can ask it to try again.</summary>
    public bool WaitsForStaff => State is LinkState.Stopped && WaitingFor is WaitingFor.Staff or WaitingFor.Refused;

    /// <param name="appointment">As it is now.</param>
    /// <param name="meeting">Its slot's; null: there is none.</param>
    /// <param name="account">The state of the Zoom account that serves the meeting; null: no such account is connected.</param>
    /// <param name="now">The present.</param>
    public static LinkFacts Of(ISlotAppointment appointment, SlotMeeting? meeting, ZoomAccountState? account, DateTimeOffset now) =>
        appointment.UsesZoom ? Of(meeting, account, now) with { Start = appointment.Slot.Start, End = appointment.End, IsOver = appointment.End <= now } : None;

    /// <summary>For an active appointment whose location is Zoom.</summary>
    public static LinkFacts Of(SlotMeeting? meeting, ZoomAccountState? account, DateTimeOffset now)
    {
        if (meeting is null)
        {
            return None;
        }

        var unserved = WhyNotServed(meeting, account);
        return (meeting switch
        {
            { State: SlotMeetingState.Live, JoinUrl: { } link } when unserved is WaitingFor.Connection => new LinkFacts(LinkState.Unmanaged, link) { WaitingFor = unserved },
            { State: SlotMeetingState.Live, JoinUrl: { } link } => new LinkFacts(LinkState.Ready, link) { WaitingFor = unserved },
            { State: SlotMeetingState.Missed } => new LinkFacts(LinkState.Missed),
            { State: SlotMeetingState.Wanted } when meeting.IsOver(now) => new LinkFacts(LinkState.Missed),
            { State: SlotMeetingState.Wanted } => OfWanted(meeting, unserved),
            _ => None,
        }) with { Start = meeting.Start, End = meeting.End, IsOver = meeting.IsOver(now), IsRecreated = meeting.MadeAnew };
    }

    /// <summary>Why nothing can be sent on an account; <see cref="WaitingFor.Nothing"/>: it can.</summary>
    /// <param name="account">Null: no profile is connected with it.</param>
    public static WaitingFor WhyNotServed(ZoomAccountState? account) => account switch
    {
        null => WaitingFor.Connection,
        ZoomAccountState.Connected => WaitingFor.Nothing,
        ZoomAccountState.ApprovalWithdrawn => WaitingFor.Approval,
        _ => WaitingFor.Reconnection,
    };

    /// <summary>Why nothing can be sent about a meeting. One that was parked waits until somebody connects, whatever its account's row says meanwhile.</summary>
    public static WaitingFor WhyNotServed(SlotMeeting meeting, ZoomAccountState? account) => meeting switch
    {
        { WaitingFor: WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval } => meeting.WaitingFor,
        { ZoomUserKey: null } => WaitingFor.Connection,
        _ => WhyNotServed(account),
    };

    private static LinkFacts OfWanted(SlotMeeting meeting, WaitingFor unserved)
    {
        // What the account lacks now comes before what the row waited for when it was last looked at.
        var reason = meeting.WaitingFor is WaitingFor.Staff || unserved is WaitingFor.Nothing ? meeting.WaitingFor : unserved;
        var comesAt = reason is WaitingFor.Quota && meeting.NextActionAt < meeting.End ? meeting.NextActionAt : null;
        var state = reason switch
        {
            WaitingFor.Nothing => LinkState.OnItsWay,
            WaitingFor.Staff or WaitingFor.Refused => LinkState.Stopped,
            // It is over before the day's requests are back.
            WaitingFor.Quota when comesAt is null => LinkState.Stopped,
            _ => LinkState.Waiting,
        };
        return new LinkFacts(state) { WaitingFor = reason, ZoomMessage = meeting.LastError, ExpectedAt = comesAt };
    }
}
