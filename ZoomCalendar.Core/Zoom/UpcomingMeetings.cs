namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A Zoom user's upcoming meetings. If <see cref="IsComplete"/> is false, there are more than were read: a marker that is missing here may
/// exist.
/// </summary>
public sealed record UpcomingMeetings(IReadOnlyList<ZoomMeeting> Meetings, bool IsComplete);
