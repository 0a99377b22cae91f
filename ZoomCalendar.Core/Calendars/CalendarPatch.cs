using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

/// <summary>What a program says of a calendar; null: as it is, or as new calendars are.</summary>
public sealed record CalendarPatch
{
    public string? Name { get; init; }

    public string? Slug { get; init; }

    public string? Description { get; init; }

    /// <summary>For new calendars alone: the type of a calendar stays.</summary>
    public CalendarType? Type { get; init; }

    public RoundRobinBy? RoundRobinBy { get; init; }

    public int? Color { get; init; }

    public bool? IsActive { get; init; }

    public Func<BookingRules, BookingRules> Rules { get; init; } = rules => rules;

    /// <summary>From the stored hours and the calendar's zone to the new ones.</summary>
    public Func<string?, string, string?> Hours { get; init; } = (hours, _) => hours;

    /// <summary>The whole team, in place of the present one.</summary>
    public IReadOnlyList<MemberPatch>? Members { get; init; }

    /// <summary>Of an event calendar.</summary>
    public MeetingLocation? Location { get; init; }
}

/// <param name="UserId">Who.</param>
/// <param name="Location">Null: as it is; of a new member, the user's default.</param>
/// <param name="IsPrimary">Hosts a collective calendar's meetings.</param>
/// <param name="Priority">0, 5 or 10; null: as it is.</param>
public sealed record MemberPatch(UserId UserId, MeetingLocation? Location, bool IsPrimary, int? Priority)
{
    private const int Low = 0;
    private const int Medium = 5;
    private const int High = 10;

    /// <summary>Programs know three levels of priority, the settings page any number from 0 to 10.</summary>
    public static int Level(int priority) => priority <= Low ? Low : priority < High ? Medium : High;
}
