using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A user on a calendar, with the meeting location of the appointments they host there.</summary>
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

    /// <summary>Hosts a collective calendar's meetings; the one member of personal, class booking and legacy calendars.</summary>
    public bool IsPrimaryOwner { get; internal set; }

    /// <summary>Round robin draws higher priorities first.</summary>
    public int Priority { get; internal set; }
}
