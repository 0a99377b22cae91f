using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class CalendarTypeTests
{
    private const string Before = "2025-01-14T00:00";

    [Fact]
    public void A_collective_calendar_offers_what_all_members_hours_share()
    {
        var input = Two(CalendarType.Collective, Given.Open("UTC", "09:00-12:00"), Given.Open("UTC", "10:15-14:00"));

        var slots = input.FreeOn("2025-01-15");

        slots.Starts().Should().Equal("10:15", "10:45", "11:15");
        slots.Should().OnlyContain(s => s.Hosts.Single().Id == Given.Ada);
        new Schedule(input).WhyNot(Given.Utc("2025-01-15T09:00")).Should().ContainSingle().Which.Sentence.Should()
            .StartWith("Ben is open on Wed 15 Jan 2025 10:15–14:00");
    }

    [Fact]
    public void Round_robin_offers_what_any_member_can_do()
    {
        var slots = Two(CalendarType.RoundRobin, Given.Open("UTC", "09:00-10:00"), Given.Open("UTC", "09:30-10:30")).FreeOn("2025-01-15");

        slots.Starts().Should().Equal("09:00", "09:30", "10:00");
        slots.Select(s => s.Hosts.Count).Should().Equal(1, 2, 1);
    }

    [Fact]
    public void Days_off_and_blocked_times_of_members_override_the_calendars_own_hours()
    {
        var off = new Availability("Asia/Kolkata", WeeklyHours.Never, [DateOverride.DayOff(new LocalDate(2025, 1, 16))]);
        var input = Given.Personal(off, SlotRules.OfMinutes(60, 60), Before) with
        {
            ZoneId = "UTC",
            Hours = Given.Open("UTC", "09:00-12:00"),
            Hosts = [new Host(Given.Ada, off, "Ada")
            {
                Blocked = [new BlockedInterval(Given.Utc("2025-01-15T10:00"), Given.Utc("2025-01-15T11:00"))],
            }],
        };

        input.FreeOn("2025-01-15", days: 3).Starts().Should().Equal("09:00", "11:00", "09:00", "10:00", "11:00");
        input.WhyNot("2025-01-15T10:00").Should().Equal(ReasonKind.Blocked);
        input.WhyNot("2025-01-16T10:00").Should().Equal(ReasonKind.DayOff);
    }

    [Fact]
    public void A_blocked_calendar_offers_nothing_for_any_host()
    {
        var blocked = new BlockedInterval(Given.Utc("2025-01-15T09:00"), Given.Utc("2025-01-15T10:00"));

        var slots = (Two(
            CalendarType.RoundRobin,
            Given.Open("UTC", "09:00-10:30"),
            Given.Open("UTC", "09:00-10:30")) with
        { Blocked = [blocked] }).FreeOn("2025-01-15");

        slots.Starts().Should().Equal("10:00");
    }

    [Fact]
    public void An_event_calendar_counts_only_seats()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 30, seats: 2), Before) with
        {
            Type = CalendarType.Event,
            Hours = Given.Open("UTC", "09:00-11:00"),
            Hosts = [],
            BookedWithoutHost = [.. Enumerable.Range(0, 2).Select(_ => Given.Booked("2025-01-15T09:30", 60) with { HostId = null }),
                Given.Booked("2025-01-15T10:00", 60) with { HostId = null }],
        };

        var slots = input.FreeOn("2025-01-15");

        slots.Starts().Should().Equal("09:00", "10:00");
        slots.Select(s => s.SeatsLeft).Should().Equal(2, 1);
        slots[0].Hosts.Single().Id.Should().BeNull();
        input.WhyNot("2025-01-15T09:30").Should().Equal(ReasonKind.SeatsTaken);
    }

    [Theory]
    [InlineData(CalendarType.Personal, ReasonKind.NoHost)]
    [InlineData(CalendarType.RoundRobin, ReasonKind.NoHost)]
    [InlineData(CalendarType.Collective, ReasonKind.NoHost)]
    [InlineData(CalendarType.Event, ReasonKind.OutsideHours)]
    public void Without_hosts_or_hours_there_are_no_slots_and_no_error(CalendarType type, ReasonKind reason)
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60), Before) with { Type = type, Hosts = [] };

        input.FreeOn("2025-01-15").Should().BeEmpty();
        input.WhyNot("2025-01-15T10:00").Should().Equal(reason);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z", ReasonKind.TooFar)]
    [InlineData("0001-01-01T00:00:00Z", ReasonKind.Past)]
    public void The_latest_representable_time_is_refused_with_a_sentence(string start, ReasonKind reason)
    {
        var input = Given.Personal(Availability.Always("Pacific/Kiritimati"), SlotRules.OfMinutes(60, 60), Before);

        new Schedule(input).WhyNot(Given.Utc(start)).Kinds().Should().Equal(reason);
    }

    [Fact]
    public void The_request_that_loses_a_race_is_offered_the_nearest_times()
    {
        var taken = Given.Booked("2025-01-15T10:00", 60);
        var schedule = new Schedule(Given.Personal(Given.Open("UTC", "09:00-13:00"), SlotRules.OfMinutes(60, 60), Before, taken));

        schedule.Nearest(taken.Start, 3, Duration.FromDays(7)).Starts().Should().BeEquivalentTo("09:00", "11:00", "12:00");
    }

    private static ScheduleInput Two(CalendarType type, Availability ada, Availability ben) =>
        Given.Personal(ada, SlotRules.OfMinutes(30, 30), Before) with
        {
            Type = type,
            Hosts = [new Host(Given.Ada, ada, "Ada"), new Host(Given.Ben, ben, "Ben")],
        };
}
