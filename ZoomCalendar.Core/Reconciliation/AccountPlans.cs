using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

internal sealed record PlannedMeeting(SlotSnapshot Slot, MeetingPlan Plan);

/// <summary>What comes next for each due meeting of one Zoom account, as its quota allows. Pure.</summary>
internal static class AccountPlans
{
    public static IReadOnlyList<PlannedMeeting> Of(AccountSnapshot desk, int quotaReserve)
    {
        var wishes = desk.Cases.Select(slot => (Slot: slot, Desired: slot.Desired(desk))).ToList();
        var waiting = wishes.Count(wish => MeetingPlanner.WaitsForTheDay(wish.Slot.Meeting, wish.Desired, desk.Clock));
        var quota = new QuotaState(desk.Clock, desk.Today?.Used ?? 0, desk.Today?.UsedUp ?? false, waiting, quotaReserve)
        {
            Rest = desk.Account is { } account ? AccountErrors.RestOf(account) : null,
        };
        return [.. wishes.Select(wish => new PlannedMeeting(wish.Slot, MeetingPlanner.Plan(wish.Slot.Meeting, wish.Desired, quota, desk.Now)))];
    }
}
