using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A member of a calendar, with the meeting location of the appointments that they host there.</summary>
public sealed class CalendarMember
{
    private CalendarMember()
    {
    }

    internal CalendarMember(CalendarId calendarId, UserId userId, MeetingLocation location, bool isPrimaryOwner, int priority)
    {
        CalendarId = calendarId;
        UserId = userId;
        Location = location;
        IsPrimaryOwner = isPrimaryOwner;
        Priority = priority;
    }

    public CalendarId CalendarId { get; private init; }

    public UserId UserId { get; private init; }

    public MeetingLocation Location { get; internal set; } = MeetingLocation.AskTheBooker;

    /// <summary>The host of a collective calendar's meetings, or the only member of a personal, class booking or legacy calendar.</summary>
    public bool IsPrimaryOwner { get; internal set; }

    /// <summary>Round robin chooses higher priorities first.</summary>
    public int Priority { get; internal set; }
}
