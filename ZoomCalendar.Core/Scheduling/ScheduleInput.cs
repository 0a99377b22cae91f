using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// Everything that decides which slots of one calendar are free. A host's booked intervals are all active appointments that take the user's
/// time, in all sub-accounts and as a member of collective calendars.
/// </summary>
public sealed record ScheduleInput
{
    public required Guid CalendarId { get; init; }

    public required CalendarType Type { get; init; }

    /// <summary>The calendar's IANA zone, for the day limit and for sentences.</summary>
    public required string ZoneId { get; init; }

    public required SlotRules Rules { get; init; }

    public required Instant Now { get; init; }

    /// <summary>The calendar's own hours. Null: its members' hours count. Members' days off and blocked times always count.</summary>
    public Availability? Hours { get; init; }

    public IReadOnlyList<Host> Hosts { get; init; } = [];

    /// <summary>The host of a collective calendar. Null: the first of <see cref="Hosts"/>.</summary>
    public Guid? PrimaryHostId { get; init; }

    /// <summary>Times at which the whole calendar is blocked.</summary>
    public IReadOnlyList<BlockedInterval> Blocked { get; init; } = [];

    /// <summary>The active appointments of an event calendar, which has no host.</summary>
    public IReadOnlyList<BookedInterval> BookedWithoutHost { get; init; } = [];

    /// <summary>The active appointments of this calendar, of all hosts, on the days in question. Needed only with a day limit.</summary>
    public IReadOnlyList<AppointmentStart> Starts { get; init; } = [];

    /// <summary>Ids of appointments to ignore everywhere: those that are being moved.</summary>
    public IReadOnlySet<Guid> ExcludedAppointments { get; init; } = new HashSet<Guid>();

    /// <summary>The seats needed in one slot. More than one if a whole slot is moved.</summary>
    public int SeatsWanted { get; init; } = 1;

    /// <summary>The earliest start that the minimum notice allows, inclusive.</summary>
    public Instant EarliestStart() => Now + Rules.MinimumNotice;

    /// <summary>The last day that can be booked, in the calendar's zone.</summary>
    public LocalDate LastDay() => BookingWindow.LastDay(Now, Rules.HorizonDays, DateTimeZoneProviders.Tzdb[ZoneId]);

    /// <summary>The end of the last bookable day, exclusive.</summary>
    public Instant HorizonEnd() => BookingWindow.End(Now, Rules.HorizonDays, DateTimeZoneProviders.Tzdb[ZoneId]);
}

/// <summary>A possible host. Higher priorities are chosen first. The name appears in reasons for staff.</summary>
public sealed record Host(Guid Id, Availability Availability, string Name = "The host", int Priority = 0)
{
    public IReadOnlyList<BookedInterval> Booked { get; init; } = [];

    public IReadOnlyList<BlockedInterval> Blocked { get; init; } = [];
}

/// <summary>An active appointment. (CalendarId, HostId, Start) is its slot; the buffers are those of its calendar.</summary>
public sealed record BookedInterval(
    Guid AppointmentId, Guid CalendarId, Guid? HostId, Instant Start, Instant End, Duration BufferBefore =
        default, Duration BufferAfter = default);

/// <summary>A blocked time, half-open. Buffers do not apply to it.</summary>
public sealed record BlockedInterval(Instant Start, Instant End);

/// <summary>The start of an active appointment, for the day limit.</summary>
public sealed record AppointmentStart(Guid AppointmentId, Instant Start);
