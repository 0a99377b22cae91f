using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>All that is to be decided for one Zoom account at one moment, as the database has it.</summary>
internal sealed record AccountDesk(string? Key, ZoomAccount? Account, string InstallationId, QuotaDay? Today, QuotaClock Clock, IReadOnlyList<SlotCase> Cases)
{
    public DateTimeOffset Now => Clock.Now;
}

/// <summary>One slot meeting and what it is derived from.</summary>
internal sealed record SlotCase(SlotMeeting Meeting, SlotFacts Facts)
{
    public MeetingContent? Desired(AccountDesk desk) => DesiredContent.Of(Meeting, Facts, desk.InstallationId, desk.Clock.Latest);
}
