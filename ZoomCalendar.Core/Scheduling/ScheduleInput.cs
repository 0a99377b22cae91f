using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// All that decides which slots of one calendar are free. The taken times of a host are the active appointments that take
/// that user's time, in all sub-accounts and as any member of a collective calendar.
/// </summary>
public sealed record ScheduleInput
{
    public required Guid CalendarId { get; init; }

    public required CalendarType Type { get; init; }

    /// <summary>The calendar's zone: of its day limit, and of what staff are told.</summary>
    public required string ZoneId { get; init; }

    public required SlotRules Rules { get; init; }

    public required Instant Now { get; init; }

    /// <summary>The calendar's own hours; null if it uses its members'. Members' days off and blocked times count either way.</summary>
    public Availability? Hours { get; init; }

    public IReadOnlyList<Host> Hosts { get; init; } = [];

    /// <summary>Who hosts a collective calendar; the first of <see cref="Hosts"/> if null.</summary>
    public Guid? PrimaryHostId { get; init; }

    /// <summary>When the calendar as a whole is blocked.</summary>
    public IReadOnlyList<BlockedInterval> Blocked { get; init; } = [];

    /// <summary>The active appointments of an event calendar, which nobody hosts.</summary>
    public IReadOnlyList<BookedInterval> BookedWithoutHost { get; init; } = [];

    /// <summary>The active appointments of this calendar, all its hosts', on the days asked about. Only needed with a day limit.</summary>
    public IReadOnlyList<AppointmentStart> Starts { get; init; } = [];

    /// <summary>Appointments being moved: as if they were not there, wherever they appear.</summary>
    public IReadOnlySet<Guid> ExcludedAppointments { get; init; } = new HashSet<Guid>();

    /// <summary>Seats to be found in one slot: more than one when a slot is moved as a whole.</summary>
    public int SeatsWanted { get; init; } = 1;

    /// <summary>The first instant that notice allows a start at; inclusive, like all boundaries.</summary>
    public Instant EarliestStart() => Now + Rules.MinimumNotice;

    /// <summary>The last day that can be booked: today and so many calendar days more, in the calendar's zone.</summary>
    public LocalDate LastDay() => BookingWindow.LastDay(Now, Rules.HorizonDays, DateTimeZoneProviders.Tzdb[ZoneId]);

    /// <summary>The first instant that is too far ahead: the end of the last day.</summary>
    public Instant HorizonEnd() => BookingWindow.End(Now, Rules.HorizonDays, DateTimeZoneProviders.Tzdb[ZoneId]);
}

/// <summary>A possible host. A higher priority is drawn first. The name is what staff read in a reason.</summary>
public sealed record Host(Guid Id, Availability Availability, string Name = "The host", int Priority = 0)
{
    public IReadOnlyList<BookedInterval> Booked { get; init; } = [];

    public IReadOnlyList<BlockedInterval> Blocked { get; init; } = [];
}

/// <summary>One active appointment. (CalendarId, HostId, Start) is its slot; the buffers are its calendar's.</summary>
public sealed record BookedInterval(
    Guid AppointmentId, Guid CalendarId, Guid? HostId, Instant Start, Instant End, Duration BufferBefore = default, Duration BufferAfter = default);

/// <summary>Half-open. Buffers do not apply to it.</summary>
public sealed record BlockedInterval(Instant Start, Instant End);

public sealed record AppointmentStart(Guid AppointmentId, Instant Start);
