using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class EveryZone
{
    private static readonly Instant From = Instant.FromUtc(2020, 1, 1, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2031, 1, 1, 0, 0);
    private static readonly Duration Around = Duration.FromHours(36);

    // Across midnight, across the usual hours of change, touching within them, and all day; steps that do and do not divide an hour.
    private static readonly Pattern[] Patterns =
    [
        new(["00:00-24:00"], [(0, 1440)], 30, 45),
        new(["22:30-23:59:59", "00:00-02:30"], [(0, 150), (1350, 1440)], 15, 20),
        new(["00:15-01:45", "01:45-03:30"], [(15, 105), (105, 210)], 20, 15),
        new(["01:00-02:00", "02:30-02:40", "09:00-12:00"], [(60, 120), (150, 160), (540, 720)], 10, 10),
    ];

    // Zones under several names are worked out once, and the code is asked under every name.
    private static readonly List<IGrouping<string, DateTimeZone>> Zones =
        [.. DateTimeZoneProviders.Tzdb.GetAllZones().GroupBy(zone => TzdbDateTimeZoneSource.Default.CanonicalIdMap[zone.Id])];

    [Fact]
    public void The_listing_agrees_with_the_reference_around_every_clock_change_in_ten_years()
    {
        var changes = Zones.SelectMany(
            zones => zones.First().GetZoneIntervals(From, To).Where(i => i.HasEnd && i.End < To).Select(i => (zones, i.End))).ToList();

        changes.Sum(c => c.zones.Count()).Should().BeGreaterThan(3_000);
        changes.SelectMany(c => Differences(c.zones, c.End)).Take(5).Should().BeEmpty();
    }

    [Fact]
    public void The_listing_agrees_with_the_reference_on_sampled_days_of_every_zone()
    {
        var random = new Random(2020);
        var days = Zones.SelectMany(
            zones => Enumerable.Range(0, 4).Select(_ => (zones, Day: From + Duration.FromDays(random.Next(11 * 365)))));

        days.SelectMany(d => Differences(d.zones, d.Day)).Take(5).Should().BeEmpty();
    }

    private static IEnumerable<string> Differences(IEnumerable<DateTimeZone> zones, Instant around)
    {
        var clock = new MinuteClock(zones.First(), around);
        var (from, to) = (around - Around, around + Around);

        foreach (var pattern in Patterns)
        {
            var expected = clock.Windows(pattern.Minutes, pattern.Length, pattern.Interval).Where(w => w.Open < to && from < w.Close)
                .ToList();
            var windows = expected.Select(w => (w.Open, w.Close)).ToList();
            var starts = expected.SelectMany(w => w.Starts).Where(s => s >= from && s < to).ToList();

            foreach (var hours in zones.Select(zone => new Availability(zone.Id, pattern.Week)))
            {
                if (!OpenWindows.Of(hours, from, to).Select(w => (w.Open, w.Close)).SequenceEqual(windows))
                {
                    yield return $"{hours.ZoneId} around {around}: windows of {string.Join(", ", pattern.Hours)}";
                }

                if (!Slots(hours, pattern, from, to).SequenceEqual(starts))
                {
                    yield return $"{hours.ZoneId} around {around}: slots of {string.Join(", ", pattern.Hours)}";
                }
            }
        }
    }

    private static IEnumerable<Instant> Slots(Availability hours, Pattern pattern, Instant from, Instant to) =>
        new Schedule(new ScheduleInput
        {
            CalendarId = Given.Calendar,
            Type = CalendarType.Personal,
            ZoneId = hours.ZoneId,
            Rules = SlotRules.OfMinutes(pattern.Length, pattern.Interval),
            Now = from - Duration.FromDays(1),
            Hosts = [new Host(Given.Ada, hours)],
        }).FreeSlots(from, to).Select(s => s.Start);

    private sealed record Pattern(string[] Hours, (int From, int Until)[] Minutes, int Length, int Interval)
    {
        public WeeklyHours Week { get; } = WeeklyHours.EveryDay(Hours);
    }
}
