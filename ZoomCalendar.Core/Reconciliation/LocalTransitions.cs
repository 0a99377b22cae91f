using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Plans that are applied to the row without a request to Zoom.</summary>
internal static class LocalTransitions
{
    /// <summary>The plan while the account cannot be used: the meeting waits for a connection until its end.</summary>
    public static MeetingPlan PlanWithoutConnection(SlotMeeting meeting, WaitingFor reason, DateTimeOffset now) => meeting switch
    {
        { State: SlotMeetingState.Wanted } when meeting.IsOver(now) => new MeetingPlan.MarkMissed(),
        { State: SlotMeetingState.Unwanted } when meeting.IsOver(now) => new MeetingPlan.Drop(),
        { State: SlotMeetingState.Unwanted, ZoomMeetingId: null, InFlight: null } => new MeetingPlan.Drop(),
        _ when meeting.IsOver(now) || !(meeting.IsCurrent || meeting.State is SlotMeetingState.Unwanted) => new MeetingPlan.None(),
        _ when meeting.WaitingFor is WaitingFor.Staff => new MeetingPlan.WaitUntil(WaitingFor.Staff, meeting.End),
        _ => new MeetingPlan.WaitUntil(reason, meeting.End),
    };

    /// <summary>Applies a plan and returns what happened to the link.</summary>
    public static IReadOnlyList<LinkEvent> Apply(SlotMeeting meeting, MeetingPlan plan, DateTimeOffset now)
    {
        switch (plan)
        {
            case MeetingPlan.WaitUntil wait:
                var before = meeting.WaitingFor;
                // Always later than now, so that the row is not handled twice at one moment.
                meeting.WaitUntil(wait.Reason, null, wait.When > now ? wait.When : now + TimeSpan.FromSeconds(1));
                return ZoomErrorTransitions.WaitingEvents(meeting, before, now);

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
