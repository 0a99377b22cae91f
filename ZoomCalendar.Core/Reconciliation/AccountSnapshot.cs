using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>All that is to be decided for one Zoom account at one moment, as the database has it.</summary>
internal sealed record AccountSnapshot(string? Key, ZoomAccount? Account, string InstallationId, QuotaDay? Today, QuotaClock Clock, IReadOnlyList<SlotSnapshot> Slots)
{
    public DateTimeOffset Now => Clock.Now;
}

/// <summary>One slot meeting and what it is derived from.</summary>
internal sealed record SlotSnapshot(SlotMeeting Meeting, SlotFacts Facts)
{
    public MeetingContent? Desired(AccountSnapshot snapshot) => DesiredContent.Of(Meeting, Facts, snapshot.InstallationId, snapshot.Clock.Latest);
}
