namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A Zoom user's upcoming meetings. If <see cref="IsComplete"/> is false there are more than we are willing to read:
/// a marker that is not here may still exist.
/// </summary>
public sealed record UpcomingMeetings(IReadOnlyList<ZoomMeeting> Meetings, bool IsComplete);
