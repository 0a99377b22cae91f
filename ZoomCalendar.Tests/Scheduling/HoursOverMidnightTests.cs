using FsCheck.Xunit;
using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

/// <summary>A slot may end in a window that begins exactly where its own ends; each window keeps its own grid.</summary>
public sealed class HoursOverMidnightTests
{
    private const string Before = "2025-01-13T00:00";

    // 14 January 2025 is a Tuesday.
    private static readonly WeeklyHours TuesdayNight = Week((IsoDayOfWeek.Tuesday, "21:00-24:00"), (IsoDayOfWeek.Wednesday, "00:00-03:00"));

    [Fact]
    public void Hours_that_touch_at_midnight_offer_the_hour_across_it()
    {
        var input = Given.Personal(new Availability("UTC", TuesdayNight), SlotRules.OfMinutes(60, 30), Before);

        var slots = input.FreeOn("2025-01-14", days: 2).Starts();

        slots.Should().Equal("21:00", "21:30", "22:00", "22:30", "23:00", "23:30", "00:00", "00:30", "01:00", "01:30", "02:00");
        input.WhyNot("2025-01-14T23:30").Should().BeEmpty();
        input.Check("2025-01-14T23:30", 60).IsAllowed.Should().BeTrue();
        input.Check("2025-01-15T02:30", 60).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public void Each_window_keeps_its_own_grid()
    {
        var hours = new Availability("UTC", Week((IsoDayOfWeek.Tuesday, "21:10-24:00"), (IsoDayOfWeek.Wednesday, "00:00-02:00")));
        var input = Given.Personal(hours, SlotRules.OfMinutes(60, 60), Before);

        input.FreeOn("2025-01-14", days: 2).Starts().Should().Equal("21:10", "22:10", "23:10", "00:00", "01:00");
        input.WhyNot("2025-01-15T00:10").Should().Equal(ReasonKind.OffTheGrid);
    }

    [Fact]
    public void Hours_that_touch_at_noon_join_as_well()
    {
        var input = Given.Personal(
            new Availability("UTC", Week((IsoDayOfWeek.Tuesday, "09:00-12:00"), (IsoDayOfWeek.Tuesday, "12:00-13:00"))),
            SlotRules.OfMinutes(60, 45),
            Before);

        input.FreeOn("2025-01-14").Starts().Should().Equal("09:00", "09:45", "10:30", "11:15", "12:00");
    }

    [Fact]
    public void A_long_slot_reaches_through_a_chain_of_windows()
    {
        var hours = new Availability("UTC", Week(
            (IsoDayOfWeek.Tuesday, "22:00-24:00"),
            (IsoDayOfWeek.Wednesday, "00:00-01:00"),
            (IsoDayOfWeek.Wednesday, "01:00-02:00"),
            (IsoDayOfWeek.Wednesday, "02:30-09:00")));
        var input = Given.Personal(hours, SlotRules.OfMinutes(240, 60), Before);

        input.FreeOn("2025-01-14").Starts().Should().Equal("22:00");
    }

    [Fact]
    public void Hours_that_are_open_around_the_clock_join_every_day()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(24 * 60, 12 * 60), Before);

        input.FreeOn("2025-01-14").Starts().Should().Equal("00:00", "12:00");
    }

    [Fact]
    public void Hours_a_minute_apart_do_not_join()
    {
        var hours = new Availability("UTC", Week((IsoDayOfWeek.Tuesday, "21:00-23:59"), (IsoDayOfWeek.Wednesday, "00:00-03:00")));

        Given.Personal(hours, SlotRules.OfMinutes(60, 30), Before).WhyNot("2025-01-14T23:30").Should().Equal(ReasonKind.OutsideHours);
    }

    [Fact]
    public void Date_overrides_join_with_each_other_and_with_the_week()
    {
        var tuesday = DateOverride.Open(new LocalDate(2025, 1, 14), "22:00-24:00");
        var wednesday = DateOverride.Open(new LocalDate(2025, 1, 15), "00:00-01:00");
        var rules = SlotRules.OfMinutes(60, 30);

        Given.Personal(new Availability("UTC", WeeklyHours.Never, [tuesday, wednesday]), rules, Before).WhyNot("2025-01-14T23:30").Should()
            .BeEmpty();
        Given.Personal(new Availability("UTC", Week((IsoDayOfWeek.Wednesday, "00:00-01:00")), [tuesday]), rules, Before)
            .WhyNot("2025-01-14T23:30").Should().BeEmpty();
        Given.Personal(new Availability("UTC", TuesdayNight, [DateOverride.DayOff(new LocalDate(2025, 1, 15))]), rules, Before)
            .WhyNot("2025-01-14T23:30").Should().NotBeEmpty();
    }

    [Theory]
    // Beirut's clocks go forward at midnight, Havana's back from 1:00 to 0:00, London's at 1:00.
    [InlineData("Asia/Beirut", 2024, 3, 30)]
    [InlineData("America/Havana", 2024, 11, 2)]
    [InlineData("Europe/London", 2024, 10, 26)]
    [InlineData("Europe/London", 2024, 3, 30)]
    public void On_the_night_the_clocks_change_the_time_before_midnight_is_offered_too(string zone, int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);
        var hours = new Availability(
            zone, WeeklyHours.Never, [DateOverride.Open(date, "21:00-24:00"), DateOverride.Open(date.PlusDays(1), "00:00-04:00")]);
        var start = DateTimeZoneProviders.Tzdb[zone].AtStrictly(date + new LocalTime(23, 30)).ToInstant();
        var input = Given.Personal(hours, SlotRules.OfMinutes(60, 30), "2024-01-01T00:00");

        new Schedule(input).FreeSlots(start - Duration.FromHours(1), start + Duration.FromHours(1)).Select(slot => slot.Start).Should()
            .Contain(start);
        new Schedule(input).WhyNot(start).Should().BeEmpty();
    }

    [Theory]
    [InlineData(CalendarType.RoundRobin)]
    [InlineData(CalendarType.Collective)]
    [InlineData(CalendarType.Event)]
    [InlineData(CalendarType.ClassBooking)]
    public void Every_type_of_calendar_joins_them(CalendarType type)
    {
        var night = new Availability("UTC", TuesdayNight);
        Host[] hosts = type is CalendarType.Event ? []
            : type is CalendarType.RoundRobin
                or CalendarType.Collective ? [new Host(Given.Ada, night), new Host(
                    Given.Ben,
                    new Availability("UTC", Week(
                        (IsoDayOfWeek.Tuesday, "20:00-23:30"),
                        (IsoDayOfWeek.Tuesday, "23:30-24:00"),
                        (IsoDayOfWeek.Wednesday, "00:00-02:00"))))]
            : [new Host(Given.Ada, night)];
        var input = Given.Personal(night, SlotRules.OfMinutes(60, 30), Before) with
        {
            Type = type,
            Hosts = hosts,
            Hours = type is CalendarType.Event ? night : null,
        };

        // As if the listing ended at midnight: what begins before it is offered all the same.
        input.FreeOn("2025-01-14").Starts().Should().Contain("23:30");
        input.Check("2025-01-14T23:30", 60).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public void An_appointment_after_midnight_takes_the_slot_across_it()
    {
        var input = Given.Personal(
            new Availability("UTC", TuesdayNight), SlotRules.OfMinutes(60, 30), Before, Given.Booked("2025-01-15T00:00", 60));

        input.FreeOn("2025-01-14", days: 2).Starts().Should().Equal("21:00", "21:30", "22:00", "22:30", "23:00", "01:00", "01:30", "02:00");
    }

    [Property(MaxTest = 40)]
    public void Listing_and_judging_agree_on_every_minute_of_split_hours(int seed)
    {
        var random = new Random(seed);
        var cuts = Enumerable.Range(0, 4).Select(_ => random.Next(1, 96) * 15).Append(1440).Distinct().Order().ToList();
        var day = cuts.Select((cut, index) => new OpenHours(index == 0 ? 0 : cuts[index - 1], cut)).Where(_ => random.Next(5) > 0).ToList();
        var week = new WeeklyHours(WeeklyHours.Days.Select(each => KeyValuePair.Create(each, (IReadOnlyList<OpenHours>)day)));
        var input = Given.Personal(
            new Availability("Europe/London", week),
            SlotRules.OfMinutes(5 * random.Next(1, 40), 5 * random.Next(1, 30)),
            "2025-03-28T00:00");
        var (from, to) = (Given.Utc("2025-03-29T00:00"), Given.Utc("2025-03-31T00:00"));

        var offered = new Schedule(input).FreeSlots(from, to).Select(slot => slot.Start).ToHashSet();

        for (var start = from; start < to; start += Duration.FromMinutes(5))
        {
            Assert.Equal(offered.Contains(start), new Schedule(input).WhyNot(start).Count == 0);
        }
    }

    private static WeeklyHours Week(params (IsoDayOfWeek Day, string Hours)[] days) =>
        new(days.Select(day => KeyValuePair.Create(day.Day, (IReadOnlyList<OpenHours>)[OpenHours.Parse(day.Hours)])));
}
