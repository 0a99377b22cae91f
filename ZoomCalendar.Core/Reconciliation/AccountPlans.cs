using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>A slot meeting and its next step.</summary>
internal sealed record PlannedMeeting(SlotSnapshot Slot, MeetingPlan Plan);

/// <summary>The next step of each due meeting of one Zoom account, within its quota. Pure.</summary>
internal static class AccountPlans
{
    public static IReadOnlyList<PlannedMeeting> Of(AccountSnapshot snapshot, int quotaReserve)
    {
        var candidates = snapshot.Slots.Select(slot => (Slot: slot, Desired: slot.Desired(snapshot))).ToList();
        var waiting = candidates.Count(
            candidate => MeetingPlanner.NeedsRequestToday(candidate.Slot.Meeting, candidate.Desired, snapshot.Clock));
        var quota = new AvailableQuota(snapshot.Clock, snapshot.Today?.Used ?? 0, snapshot.Today?.UsedUp ?? false, waiting, quotaReserve)
        {
            AccountFailures = snapshot.Account is { } account ? AccountErrors.FailuresOf(account) : null,
        };
        return [.. candidates.Select(candidate => new PlannedMeeting(
            candidate.Slot, MeetingPlanner.Plan(candidate.Slot.Meeting, candidate.Desired, quota, snapshot.Now)))];
    }
}
