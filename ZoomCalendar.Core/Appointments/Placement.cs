using NodaTime;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// What needs a time: a new appointment, or existing ones that are to be moved. Listings and checks use the same placement, so that every
/// listed time can be booked and no other.
/// </summary>
internal sealed record Placement
{
    /// <summary>Null for the calendar's length.</summary>
    public int? LengthMinutes { get; init; }

    /// <summary>Hours and grid are checked with this length. Otherwise the calendar's length is required.</summary>
    public bool KeepsLength { get; init; }

    /// <summary>Only this host; null for any that the calendar's rules allow.</summary>
    public UserId? Host { get; init; }

    /// <summary>The present host of an appointment being moved, kept if free.</summary>
    public UserId? PreferredHost { get; init; }

    /// <summary>Appointments and reserved seats that do not count as taken.</summary>
    public IReadOnlyCollection<AppointmentId> Excluded { get; init; } = [];

    public int Seats { get; init; } = 1;

    /// <summary>A booker moves it, so the cut-off also applies to the new start.</summary>
    public bool IsMovedByBooker { get; init; }

    public static Placement ForNew(UserId? host, int? lengthMinutes = null) => new() { Host = host, LengthMinutes = lengthMinutes };

    /// <summary>
    /// A move of one appointment. It keeps its length, and its host while that user can host. All other rules apply as for a booking.
    /// </summary>
    /// <param name="schedule">The calendar as it is now.</param>
    /// <param name="appointment">The appointment.</param>
    /// <param name="host">The host asked for. A former host who can no longer host is replaced by the present one.</param>
    /// <param name="lengthMinutes">Another length, chosen by staff; null keeps the length.</param>
    /// <param name="actor">Who moves it.</param>
    public static Placement ForMove(
        BookingSchedule schedule, Appointment appointment, UserId? host, int? lengthMinutes, Actor actor) => new()
        {
            LengthMinutes = lengthMinutes ?? (int)appointment.Length.TotalMinutes,
            KeepsLength = true,
            Host = host == appointment.HostId && !schedule.CanHost(host) ? null : host,
            PreferredHost = host ?? appointment.HostId,
            Excluded = [appointment.Id],
            IsMovedByBooker = !actor.IsStaff,
        };

    /// <summary>
    /// A move of all appointments of a slot. Double-booked ones need no seat of their own. The slot's waiting list ends with the move, so
    /// its reserved seats are ignored.
    /// </summary>
    public static Placement ForSlot(
        BookingSchedule schedule, IReadOnlyList<Appointment> appointments, IEnumerable<WaitingEntry> entries) => new()
        {
            LengthMinutes = appointments.Max(appointment => (int)appointment.Length.TotalMinutes),
            KeepsLength = true,
            Host = schedule.CanHost(appointments[0].HostId) ? appointments[0].HostId : null,
            PreferredHost = appointments[0].HostId,
            Excluded = [.. appointments.Select(appointment => appointment.Id), .. entries.Select(entry => entry.Seat)],
            Seats = Math.Max(1, appointments.Count(appointment => !appointment.DoubleBook)),
        };

    public Duration LengthOn(Calendar calendar) => Duration.FromMinutes(LengthMinutes ?? calendar.Rules.LengthMinutes);

    /// <summary>The calendar's rules as they apply to this placement.</summary>
    public SlotRules RulesOn(Calendar calendar)
    {
        var rules = calendar.Rules.ToSlotRules();
        rules = KeepsLength ? rules.Lasting(LengthOn(calendar)) : rules;
        return IsMovedByBooker
            ? rules.WithNotice(Duration.Max(rules.MinimumNotice, Duration.FromMinutes(calendar.Rules.CutOffMinutes)))
            : rules;
    }
}
