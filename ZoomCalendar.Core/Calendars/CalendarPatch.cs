using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

/// <summary>The changes of a calendar through the API. Null: unchanged, or the default of a new calendar.</summary>
public sealed record CalendarPatch
{
    public string? Name { get; init; }

    public string? Slug { get; init; }

    public string? Description { get; init; }

    /// <summary>Only for new calendars: the type cannot change.</summary>
    public CalendarType? Type { get; init; }

    public RoundRobinBy? RoundRobinBy { get; init; }

    public int? Color { get; init; }

    public bool? IsActive { get; init; }

    public Func<BookingRules, BookingRules> Rules { get; init; } = rules => rules;

    /// <summary>Maps the stored hours and the calendar's zone to the new hours.</summary>
    public Func<string?, string, string?> Hours { get; init; } = (hours, _) => hours;

    /// <summary>All members, replacing the current ones. Null: unchanged.</summary>
    public IReadOnlyList<MemberPatch>? Members { get; init; }

    /// <summary>The meeting location of an event calendar.</summary>
    public MeetingLocation? Location { get; init; }
}

/// <param name="UserId">Who.</param>
/// <param name="Location">Null: unchanged, or the user's default for a new member.</param>
/// <param name="IsPrimary">True for the primary owner.</param>
/// <param name="Priority">0, 5 or 10. Null: unchanged.</param>
public sealed record MemberPatch(UserId UserId, MeetingLocation? Location, bool IsPrimary, int? Priority)
{
    private const int Low = 0;
    private const int Medium = 5;
    private const int High = 10;

    /// <summary>Maps a priority from 0 to 10 to one of the API's three levels.</summary>
    public static int Level(int priority) => priority <= Low ? Low : priority < High ? Medium : High;
}
