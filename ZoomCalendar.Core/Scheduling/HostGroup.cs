using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// The hosts that hold a slot together: one host, all hosts of a collective calendar, or none for an event calendar. A start is free if it
/// is on the grid of the group's windows and all its hosts are free.
/// </summary>
internal sealed class HostGroup
{
    private readonly ScheduleInput _input;
    private readonly HostTimeline _seats;

    private HostGroup(ScheduleInput input, Guid? slotHost, IReadOnlyList<Host> hosts)
    {
        _input = input;
        Hosts = hosts;
        SlotHost = slotHost;
        Priority = hosts.Where(h => h.Id == slotHost).Select(h => h.Priority).FirstOrDefault();
        Timelines = [.. hosts.Select(host => (host, TimelineOf(host)))];
        _seats = slotHost is null
            ? new HostTimeline(input.CalendarId, null, input.Rules, input.BookedWithoutHost, [], input.ExcludedAppointments)
            : Timelines.First(t => t.Host?.Id == slotHost).Timeline;

        if (input.Blocked.Count > 0)
        {
            var blocked = new HostTimeline(
                input.CalendarId, null, input.Rules, [], Unavailable(input.Blocked), input.ExcludedAppointments);
            Timelines = [.. Timelines, (null, blocked)];
        }
    }

    public Guid? SlotHost { get; }

    public int Priority { get; }

    public IReadOnlyList<Host> Hosts { get; }

    /// <summary>All timelines that must be free. The entry without a host has the calendar's own blocked times.</summary>
    public IReadOnlyList<(Host? Host, HostTimeline Timeline)> Timelines { get; }

    public static IReadOnlyList<HostGroup> Of(ScheduleInput input) => input.Type switch
    {
        CalendarType.Event => [new HostGroup(input, null, [])],
        CalendarType.Collective when input.Hosts.Count > 0 =>
            [new HostGroup(input, (input.Hosts.FirstOrDefault(h => h.Id == input.PrimaryHostId) ?? input.Hosts[0]).Id, input.Hosts)],
        _ => [.. input.Hosts.Select(host => new HostGroup(input, host.Id, [host]))],
    };

    /// <summary>The calendar's own windows. If it has none, the windows that all hosts of the group share.</summary>
    public IReadOnlyList<OpenWindow> Windows(IReadOnlyList<OpenWindow>? calendar, Instant from, Instant to)
    {
        // The primary owner's windows come first, because a shared window keeps the zone of the first.
        var own = Hosts.OrderByDescending(h => h.Id == SlotHost).Select(h => OpenWindows.Of(h.Availability, from, to));

        return calendar ?? own.Aggregate(
            default(IReadOnlyList<OpenWindow>), (all, next) => all is null ? next : OpenWindows.Intersect(all, next)) ?? [];
    }

    public bool HasSeats(int seatsTaken) => _input.Rules.Seats - seatsTaken >= _input.SeatsWanted;

    /// <summary>True if nothing but the group's own slot takes the hosts' time.</summary>
    public bool IsFree(Instant start, Duration length)
    {
        var from = start.ToUnixTimeTicks();
        var until = from + length.BclCompatibleTicks;

        foreach (var (_, timeline) in Timelines)
        {
            if (!timeline.IsFree(from, until))
            {
                return false;
            }
        }

        return true;
    }

    public int SeatsTaken(Instant start) => _seats.SeatsTaken(start.ToUnixTimeTicks());

    public AvailableHost ToAvailableHost(int seatsTaken) =>
        new(SlotHost, Math.Max(0, _input.Rules.Seats - seatsTaken), seatsTaken > 0, Priority);

    private HostTimeline TimelineOf(Host host) =>
        new HostTimeline(
            _input.CalendarId,
            SlotHost,
            _input.Rules,
            host.Booked,
            Unavailable(host.Blocked).Concat(DaysOff(host)),
            _input.ExcludedAppointments);

    private static IEnumerable<BusyInterval> Unavailable(IEnumerable<BlockedInterval> blocked) =>
        blocked.Select(b => BusyInterval.Unavailable(ReasonKind.Blocked, b.Start, b.End));

    /// <summary>If the calendar has its own hours, its members' hours do not count, but their days off do.</summary>
    private IEnumerable<BusyInterval> DaysOff(Host host) => _input.Hours is null
        ? []
        : host.Availability.Overrides.Where(o => o.IsDayOff).Select(o =>
        {
            var (start, end) = OpenWindows.Bounds(host.Availability.Zone, o.Date, OpenHours.AllDay);

            return BusyInterval.Unavailable(ReasonKind.DayOff, start, end);
        });
}
