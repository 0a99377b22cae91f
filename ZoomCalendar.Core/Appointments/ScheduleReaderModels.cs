using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>The viewer's filter. An empty list does not restrict.</summary>
public sealed record ScheduleFilter
{
    public static readonly ScheduleFilter Everything = new();

    public IReadOnlyList<UserId> Members { get; init; } = [];

    public IReadOnlyList<CalendarId> Calendars { get; init; } = [];

    /// <summary>A part of a title, a booker's name or e-mail address, in any case.</summary>
    public string Search { get; init; } = "";

    /// <summary>Includes cancelled and invalid appointments.</summary>
    public bool WithCancelled { get; init; }
}

/// <summary>Everything in one range of time that the viewer may see.</summary>
public sealed record ScheduleRange(
    IReadOnlyList<AppointmentCard> Appointments,
    IReadOnlyList<BusyCard> Busy,
    IReadOnlyList<BlockedCard> Blocked)
{
    public static readonly ScheduleRange Empty = new([], [], []);
}

/// <summary>What a search found, over all time.</summary>
/// <param name="Upcoming">Those that are not over, the soonest first.</param>
/// <param name="Earlier">Those that are over, the latest first.</param>
/// <param name="HasMore">There are more; those listed are the nearest.</param>
public sealed record ScheduleFindings(
    IReadOnlyList<AppointmentCard> Upcoming, IReadOnlyList<AppointmentCard> Earlier, bool HasMore)
{
    public static readonly ScheduleFindings Empty = new([], [], false);

    public int Count => Upcoming.Count + Earlier.Count;
}

/// <summary>One appointment in the schedule.</summary>
public sealed record AppointmentCard
{
    public required AppointmentId Id { get; init; }

    public required int Version { get; init; }

    public required Slot Slot { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string Title { get; init; }

    public required string BookerName { get; init; }

    public required AppointmentStatus Status { get; init; }

    public required MeetingLocation Location { get; init; }

    public required LinkFacts Link { get; init; }

    /// <summary>The viewer may change the appointment. Otherwise it is read-only.</summary>
    public required bool IsMine { get; init; }

    /// <summary>The users whose time it takes: on collective calendars more than the host.</summary>
    public IReadOnlyList<UserId> Attending { get; init; } = [];

    public CalendarId CalendarId => Slot.CalendarId;

    public UserId? HostId => Slot.HostId;

    public DateTimeOffset Start => Slot.Start;
}

/// <summary>A member's time taken by an appointment that the viewer may not see.</summary>
public sealed record BusyCard(UserId UserId, DateTimeOffset Start, DateTimeOffset End);

/// <summary>A blocked time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">The user whose time is blocked; null if only <paramref name="CalendarId"/> is blocked.</param>
/// <param name="CalendarId">The blocked calendar; null if a user's time is blocked.</param>
/// <param name="Title">Its title; empty if it was set in another sub-account.</param>
/// <param name="Start">Its start.</param>
/// <param name="End">Its end.</param>
public sealed record BlockedCard(Guid Id, UserId? UserId, CalendarId? CalendarId, string Title, DateTimeOffset Start, DateTimeOffset End);

/// <summary>The members and calendars that the viewer may see: the choices of the filters and of the booking dialog.</summary>
public sealed record ScheduleDirectory(IReadOnlyList<ScheduleCalendar> Calendars, IReadOnlyList<ScheduleMember> Members)
{
    public static readonly ScheduleDirectory Empty = new([], []);

    public ScheduleCalendar? Calendar(CalendarId id) => Calendars.FirstOrDefault(calendar => calendar.Id == id);

    public ScheduleMember? Member(UserId? id) => Members.FirstOrDefault(member => member.Id == id);

    /// <summary>
    /// The opening hours in [from, to) of the calendars that can be booked, joined and in order. Null: there is no such calendar.
    /// </summary>
    /// <param name="calendars">The chosen calendars; empty: all.</param>
    /// <param name="member">The member whose hours are wanted; null: everybody's.</param>
    /// <param name="from">The start of the range.</param>
    /// <param name="to">The end of the range.</param>
    public IReadOnlyList<Interval>? OpenTimes(IReadOnlyList<CalendarId> calendars, UserId? member, Instant from, Instant to)
    {
        var windows = Calendars
            .Where(calendar => calendar.IsBookable && (calendars.Count == 0 || calendars.Contains(calendar.Id)))
            .Where(calendar => member is not { } id || calendar.Members.Contains(id))
            .Select(calendar => Windows(calendar, member, from, to))
            .ToList();
        return windows.Count == 0 ? null : Join(windows.SelectMany(each => each));
    }

    private IEnumerable<OpenWindow> Windows(ScheduleCalendar calendar, UserId? member, Instant from, Instant to)
    {
        if (calendar.Hours is { } own)
        {
            return OpenWindows.Of(own, from, to);
        }

        // A collective calendar is open where all of its members are.
        var isCollective = calendar.Type is CalendarType.Collective;
        var each = calendar.Members.Where(id => isCollective || member is null || id == member)
            .Select(id => Member(id)?.Hours)
            .OfType<Availability>()
            .Select(hours => OpenWindows.Of(hours, from, to))
            .ToList();
        return isCollective && each.Count > 0 ? each.Aggregate(OpenWindows.Intersect) : each.SelectMany(windows => windows);
    }

    private static List<Interval> Join(IEnumerable<OpenWindow> windows)
    {
        var joined = new List<Interval>();
        foreach (var window in windows.OrderBy(window => window.Open))
        {
            if (joined.Count > 0 && window.Open <= joined[^1].End)
            {
                joined[^1] = new Interval(joined[^1].Start, Instant.Max(joined[^1].End, window.Close));
            }
            else
            {
                joined.Add(new Interval(window.Open, window.Close));
            }
        }

        return joined;
    }
}

/// <summary>A member whose schedule the viewer may see.</summary>
public sealed record ScheduleMember(UserId Id, string Name)
{
    /// <summary>Null: not known.</summary>
    public Availability? Hours { get; init; }
}

/// <summary>A calendar that the viewer may see.</summary>
public sealed record ScheduleCalendar
{
    public required CalendarId Id { get; init; }

    public required string Name { get; init; }

    public required CalendarType Type { get; init; }

    public required CalendarVersion Version { get; init; }

    public required string TimeZone { get; init; }

    public required int Color { get; init; }

    public required bool IsArchived { get; init; }

    public required int LengthMinutes { get; init; }

    public required int Seats { get; init; }

    public required IReadOnlyList<UserId> Members { get; init; }

    /// <summary>The hosts that the viewer may choose; empty if there is no choice.</summary>
    public required IReadOnlyList<UserId> Hosts { get; init; }

    /// <summary>The calendar's own opening hours; null: those of its members.</summary>
    public Availability? Hours { get; init; }

    public bool IsBookable => !IsArchived;
}

/// <summary>One appointment with everything its page shows.</summary>
public sealed record AppointmentDetails
{
    public required AppointmentCard Card { get; init; }

    public required Booker Booker { get; init; }

    public required string Notes { get; init; }

    public required string CalendarName { get; init; }

    public required string? HostName { get; init; }

    public required bool DoubleBook { get; init; }

    /// <summary>The location of an appointment booked now with this host.</summary>
    public required MeetingLocation PresentLocation { get; init; }

    /// <summary>The app stopped trying to create a link: the meeting was deleted in Zoom twice, or Zoom refused it.</summary>
    public bool LinkWaitsForStaff => Card.Link.WaitsForStaff;

    /// <summary>The viewer is the host and connected to the Zoom account that holds the meeting.</summary>
    public bool CanStart { get; init; }

    /// <summary>The viewer may send the confirmation again.</summary>
    public bool CanConfirmAgain { get; init; }

    /// <summary>The other active appointments of the slot.</summary>
    public required IReadOnlyList<SameSlotAppointment> SameSlot { get; init; }

    /// <summary>The slot's waiting list; empty for viewers who may not change it.</summary>
    public IReadOnlyList<WaitingPerson> Waiting { get; init; } = [];
}

/// <summary>Another appointment of the same slot.</summary>
public sealed record SameSlotAppointment(AppointmentId Id, string Title, string BookerName, AppointmentStatus Status);
