using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Forecasts the reconciler's next step for a slot meeting in the caller's transaction, with the reconciler's own functions. Plans that
/// need no request are applied to the entity, so the caller has to roll back.
/// </summary>
internal sealed class MeetingForecaster(ZoomCalendarContext db, int quotaReserve, DateTimeOffset now, CancellationToken cancellationToken)
{
    /// <summary>What happens to a meeting that was left in this transaction. The transaction's changes have to be saved before.</summary>
    /// <param name="id">The meeting.</param>
    /// <param name="hadLink">The meeting had a link before.</param>
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

    /// <summary>The meeting after the reconciler's next step, and the state of the account that serves it.</summary>
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
        // The meeting is not due: a request is in flight, or Zoom has what it should have.
        return (planned?.Plan ?? new MeetingPlan.None(), account);
    }
}
