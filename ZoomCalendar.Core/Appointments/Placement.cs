using NodaTime;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// What is to get a time: a new appointment, or existing ones that are to be at another time. Times are listed and judged with the same
/// placement, so that whatever is listed can be had and nothing else.
/// </summary>
internal sealed record Placement
{
    /// <summary>Null: the calendar's.</summary>
    public int? LengthMinutes { get; init; }

    /// <summary>Hours and grid are asked with that length; else the calendar's length binds, and another one is a reason against it.</summary>
    public bool KeepsLength { get; init; }

    /// <summary>This host alone; null: whoever the calendar's rules find.</summary>
    public UserId? Host { get; init; }

    /// <summary>The host of an appointment being moved, kept if free.</summary>
    public UserId? PreferredHost { get; init; }

    /// <summary>As if they were not there.</summary>
    public IReadOnlyCollection<AppointmentId> Ignored { get; init; } = [];

    public int Seats { get; init; } = 1;

    /// <summary>A booker moves it: the cut-off binds the new start, too.</summary>
    public bool IsMovedByBooker { get; init; }

    public static Placement ForNew(UserId? host, int? lengthMinutes = null) => new() { Host = host, LengthMinutes = lengthMinutes };

    /// <summary>An appointment keeps its length, and its host while that person can host. Everything else binds as for a booking.</summary>
    /// <param name="schedule">Its calendar as it is now.</param>
    /// <param name="appointment">What is moved.</param>
    /// <param name="host">A host that was asked for; whoever names the former host gets the present one.</param>
    /// <param name="lengthMinutes">Another length, chosen by staff.</param>
    /// <param name="actor">Who moves it.</param>
    public static Placement ForMove(BookingSchedule schedule, Appointment appointment, UserId? host, int? lengthMinutes, Actor actor) => new()
    {
        LengthMinutes = lengthMinutes ?? (int)appointment.Length.TotalMinutes,
        KeepsLength = true,
        Host = host == appointment.HostId && !schedule.CanHost(host) ? null : host,
        PreferredHost = host ?? appointment.HostId,
        Ignored = [appointment.Id],
        IsMovedByBooker = !actor.IsStaff,
    };

    /// <summary>
    /// All appointments of a slot together. Double-booked ones go along without a seat of their own, and who waits for a seat keeps none:
    /// the line ends with the slot.
    /// </summary>
    public static Placement ForSlot(BookingSchedule schedule, IReadOnlyList<Appointment> appointments, IEnumerable<WaitingEntry> line) => new()
    {
        LengthMinutes = appointments.Max(appointment => (int)appointment.Length.TotalMinutes),
        KeepsLength = true,
        Host = schedule.CanHost(appointments[0].HostId) ? appointments[0].HostId : null,
        PreferredHost = appointments[0].HostId,
        Ignored = [.. appointments.Select(appointment => appointment.Id), .. line.Select(entry => entry.Seat)],
        Seats = Math.Max(1, appointments.Count(appointment => !appointment.DoubleBook)),
    };

    public Duration LengthOn(Calendar calendar) => Duration.FromMinutes(LengthMinutes ?? calendar.Rules.LengthMinutes);

    /// <summary>The calendar's rules as they bind this placement.</summary>
    public SlotRules RulesOn(Calendar calendar)
    {
        var rules = calendar.Rules.ToSlotRules();
        rules = KeepsLength ? rules.Lasting(LengthOn(calendar)) : rules;
        return IsMovedByBooker ? rules.WithNotice(Duration.Max(rules.MinimumNotice, Duration.FromMinutes(calendar.Rules.CutOffMinutes))) : rules;
    }
}
