using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// What the reconciler would do next with a slot meeting as it is in this transaction, decided by its own functions. The plan that needs no
/// word with Zoom is applied to the row, so the caller has to roll back.
/// </summary>
internal sealed class MeetingForecaster(ZoomCalendarContext db, int quotaReserve, DateTimeOffset now, CancellationToken cancellationToken)
{
    /// <param name="id">A meeting that was left in this transaction, which is saved.</param>
    /// <param name="hadLink">It had one before.</param>
    public async Task<LeftMeetingOutcome> OutcomeOfLeavingAsync(SlotMeetingId id, bool hadLink)
    {
        var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == id, cancellationToken);
        if (meeting.IsCurrent)
        {
            return LeftMeetingOutcome.Kept;
        }

        if (meeting.State is not SlotMeetingState.Unwanted)
        {
            return LeftMeetingOutcome.NeverMade;
        }

        var (plan, _) = await PlanAsync(meeting);
        return plan switch
        {
            _ when meeting.IsOver(now) => LeftMeetingOutcome.StaysOver,
            MeetingPlan.Drop => hadLink ? LeftMeetingOutcome.StaysUnmanaged : LeftMeetingOutcome.NeverMade,
            MeetingPlan.WaitUntil { Reason: WaitingFor.Connection } => LeftMeetingOutcome.StaysUnmanaged,
            MeetingPlan.WaitUntil { Reason: WaitingFor.Reconnection or WaitingFor.Approval } => LeftMeetingOutcome.DeletedOnReconnection,
            MeetingPlan.WaitUntil wait when wait.When >= meeting.End => LeftMeetingOutcome.StaysWithoutRequest,
            MeetingPlan.WaitUntil { Reason: WaitingFor.Quota } => LeftMeetingOutcome.DeletedAtReset,
            _ when meeting.CreationUnresolved => LeftMeetingOutcome.DeletedIfMade,
            _ => LeftMeetingOutcome.Deleted,
        };
    }

    /// <summary>The meeting as it stands once the reconciler has looked at it, and the account that serves it.</summary>
    public async Task<(SlotMeeting Meeting, ZoomAccountState? Account)> NextAsync(SlotMeetingId id)
    {
        var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == id, cancellationToken);
        var (plan, account) = await PlanAsync(meeting);
        if (meeting.State is SlotMeetingState.Wanted && plan is MeetingPlan.WaitUntil or MeetingPlan.MarkMissed)
        {
            LocalTransitions.Apply(meeting, plan, now);
        }

        return (meeting, account);
    }

    private async Task<(MeetingPlan Plan, ZoomAccountState? Account)> PlanAsync(SlotMeeting meeting)
    {
        var snapshot = await AccountSnapshotReader.ReadAsync(db, meeting.ZoomUserKey, now, cancellationToken);
        var account = snapshot.Account?.State;
        if (LinkFacts.WhyNotServed(meeting, account) is var reason and not WaitingFor.Nothing)
        {
            return (LocalTransitions.PlanWithoutConnection(meeting, reason, now), account);
        }

        var planned = AccountPlans.Of(snapshot, quotaReserve).FirstOrDefault(each => each.Slot.Meeting.Id == meeting.Id);
        // Not due: a request is on its way, or it has what it should have.
        return (planned?.Plan ?? new MeetingPlan.None(), account);
    }
}
