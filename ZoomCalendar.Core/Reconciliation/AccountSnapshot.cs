using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>The state of one Zoom account and its due meetings at one moment.</summary>
/// <param name="Key">The account's key; null for meetings that no account serves.</param>
/// <param name="Account">The account; null if it is gone.</param>
/// <param name="InstallationId">This installation's id, for markers.</param>
/// <param name="Today">The quota's row of today; null if nothing was sent or nothing is due.</param>
/// <param name="Clock">The quota's clock.</param>
/// <param name="Slots">The due meetings, and those that wait for the quota.</param>
internal sealed record AccountSnapshot(
    string? Key, ZoomAccount? Account, string InstallationId, QuotaDay? Today, QuotaClock Clock, IReadOnlyList<SlotSnapshot> Slots)
{
    public DateTimeOffset Now => Clock.Now;
}

/// <summary>One slot meeting and the facts its content is derived from.</summary>
internal sealed record SlotSnapshot(SlotMeeting Meeting, SlotFacts Facts)
{
    public MeetingContent? Desired(AccountSnapshot snapshot) =>
        DesiredContent.Of(Meeting, Facts, snapshot.InstallationId, snapshot.Clock.Latest);
}
