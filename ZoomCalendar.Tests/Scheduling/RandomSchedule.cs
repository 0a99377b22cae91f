using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

/// <summary>A small random schedule around a clock change, dense enough that most rules apply somewhere.</summary>
internal sealed class RandomSchedule(int seed)
{
    private static readonly string[] Zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
    private static readonly Instant[] Days =
        [Given.Utc("2025-03-30T00:00"), Given.Utc("2025-10-26T00:00"), Given.Utc("2025-03-09T07:00"), Given.Utc("2025-04-05T15:00")];

    private readonly Random _random = new(seed);

    public Instant From { get; private set; }

    public Instant To => From + Duration.FromDays(3);

    public ScheduleInput Input()
    {
        From = Days[_random.Next(Days.Length)] - Duration.FromHours(_random.Next(48));

        var type = Enum.GetValues<CalendarType>()[_random.Next(5)];
        var hosts = Enumerable.Range(1, type is CalendarType.RoundRobin or CalendarType.Collective ? 3 : 1)
            .Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var own = hosts.ToDictionary(h => h, _ => BusyTimes(hosts));
        var rules = SlotRules.OfMinutes(
            5 * _random.Next(1, 13),
            5 * _random.Next(1, 13),
            5 * _random.Next(4),
            5 * _random.Next(4),
            60 * _random.Next(12),
            1 + _random.Next(4),
            _random.Next(1, 4),
            _random.Next(3) == 0 ? 3 : null);

        return new ScheduleInput
        {
            CalendarId = Given.Calendar,
            Type = type,
            ZoneId = Zone(),
            Rules = rules,
            Now = From + Duration.FromHours(_random.Next(12)),
            Hours = type == CalendarType.Event || _random.Next(3) == 0 ? Hours() : null,
            Hosts = type == CalendarType.Event
                ? []
                : [.. hosts.Select(h => new Host(h, Hours()) { Booked = own[h], Blocked = BlockedTimes() })],
            Blocked = BlockedTimes(),
            BookedWithoutHost = type == CalendarType.Event ? [.. BusyTimes(hosts).Select(t => t with { HostId = null })] : [],
            Starts = [.. own.Values.SelectMany(all => all).Where(t => t.CalendarId == Given.Calendar).Select(
                t => new AppointmentStart(t.AppointmentId, t.Start))],
            ExcludedAppointments = own.Values.SelectMany(all => all).Take(_random.Next(2)).Select(t => t.AppointmentId).ToHashSet(),
            SeatsWanted = _random.Next(4) == 0 ? 2 : 1,
        };
    }

    private Availability Hours()
    {
        var zone = Zone();
        var overrides = _random.Next(3) == 0 ? new[] { DateOverride.DayOff((From + Duration.FromDays(_random.Next(3))).InUtc().Date) } : [];

        return new Availability(
            zone, WeeklyHours.EveryDay(_random.Next(2) == 0 ? ["00:00-24:00"] : ["00:30-02:30", "08:00-17:00"]), overrides);
    }

    private string Zone() => Zones[_random.Next(Zones.Length)];

    private BookedInterval[] BusyTimes(Guid[] hosts) => [.. Enumerable.Range(0, _random.Next(12)).Select(_ =>
    {
        var start = Time();

        return new BookedInterval(
            Guid.NewGuid(), _random.Next(3) == 0 ? Given.OtherCalendar : Given.Calendar, hosts[_random.Next(hosts.Length)],
            start,
            start + Duration.FromMinutes(5 * _random.Next(1, 30)),
            Duration.FromMinutes(5 * _random.Next(4)),
            Duration.FromMinutes(5 * _random.Next(4)));
    })];

    private BlockedInterval[] BlockedTimes() => [.. Enumerable.Range(0, _random.Next(2)).Select(_ =>
    {
        var start = Time();

        return new BlockedInterval(start, start + Duration.FromMinutes(5 * _random.Next(1, 60)));
    })];

    private Instant Time() => From + Duration.FromMinutes(30 * _random.Next(6 * 24));
}
