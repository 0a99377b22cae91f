using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Plans that end without a request.</summary>
internal static class LocalTransitions
{
    /// <summary>The account cannot be used: the row waits until somebody connects, and ends by itself when it is over.</summary>
    public static MeetingPlan PlanWithoutConnection(SlotMeeting meeting, WaitingFor reason, DateTimeOffset now) => meeting switch
    {
        { State: SlotMeetingState.Wanted } when meeting.IsOver(now) => new MeetingPlan.MarkMissed(),
        { State: SlotMeetingState.Unwanted } when meeting.IsOver(now) => new MeetingPlan.Drop(),
        { State: SlotMeetingState.Unwanted, ZoomMeetingId: null, InFlight: null } => new MeetingPlan.Drop(),
        _ when meeting.IsOver(now) || !(meeting.IsCurrent || meeting.State is SlotMeetingState.Unwanted) => new MeetingPlan.None(),
        _ when meeting.WaitingFor is WaitingFor.Staff => new MeetingPlan.WaitUntil(WaitingFor.Staff, meeting.End),
        _ => new MeetingPlan.WaitUntil(reason, meeting.End),
    };

    public static IReadOnlyList<LinkEvent> Apply(SlotMeeting meeting, MeetingPlan plan, DateTimeOffset now)
    {
        switch (plan)
        {
            case MeetingPlan.WaitUntil wait:
                var was = meeting.WaitingFor;
                // Whatever was planned, it is strictly later: nothing is looked at twice in one moment.
                meeting.WaitUntil(wait.Reason, null, wait.When > now ? wait.When : now + TimeSpan.FromSeconds(1));
                return ZoomErrorTransitions.WaitingEvents(meeting, was, now);

            case MeetingPlan.Drop:
                meeting.Drop();
                return [];

            case MeetingPlan.MarkMissed:
                meeting.MarkMissed();
                return [new LinkEvent(EventKind.LinkMissed, LinkDescriber.ForStaff(new LinkFacts(LinkState.Missed)).Text)];

            default:
                meeting.MarkUpToDate();
                return [];
        }
    }
}
