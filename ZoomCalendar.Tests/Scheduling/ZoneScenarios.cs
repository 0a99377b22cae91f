using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class ZoneScenarios
{
    private static readonly SlotRules HalfHours = SlotRules.OfMinutes(30, 30);

    [Fact]
    public void S44_New_York_keeps_its_hours_after_the_clocks_go_back()
    {
        var windows = OpenWindows.Of(
            new Availability("America/New_York", WeeklyHours.OfficeHours), Given.Utc("2023-11-05T12:00"), Given.Utc("2023-12-01T00:00"));

        windows.Should().HaveCount(19).And.OnlyContain(w => w.Open.ToString("HH:mm", null) == "14:00"
            && w.Close.ToString("HH:mm", null) == "22:00");
    }

    [Fact]
    public void S45_The_day_of_the_change_has_its_window()
    {
        var windows = OpenWindows.Of(
            Given.Open("Europe/London", "08:00-17:00"), Given.Utc("2021-10-24T00:00"), Given.Utc("2021-11-01T00:00"));

        windows.Should().HaveCount(8);
        windows[^1].Open.Should().Be(Given.Utc("2021-10-31T08:00"));
    }

    [Fact]
    public void S47_Chicago_after_the_clocks_went_forward()
    {
        var input = Given.Personal(Given.Open("America/Chicago", "15:00-16:00"), HalfHours, "2025-03-08T00:00");

        input.FreeOn("2025-03-09").Starts().Should().Equal("20:00", "20:30");
    }

    [Fact]
    public void S53_A_day_off_in_London()
    {
        var hours = new Availability(
            "Europe/London", WeeklyHours.EveryDay("08:00-17:00"), [DateOverride.DayOff(new LocalDate(2025, 6, 13))]);

        var windows = OpenWindows.Of(hours, Given.Utc("2025-06-13T00:00"), Given.Utc("2025-06-15T00:00"));

        windows.Should().ContainSingle();
        (windows[0].Open, windows[0].Close).Should().Be((Given.Utc("2025-06-14T07:00"), Given.Utc("2025-06-14T16:00")));
        Given.Personal(hours, HalfHours, "2025-06-12T00:00").WhyNot("2025-06-13T10:00").Should().Equal(ReasonKind.DayOff);
    }

    [Fact]
    public void S58_Two_viewers_see_one_instant_on_their_own_clocks()
    {
        var start = Given.Utc("2025-01-15T09:00");

        ClockText.WithOffset(start, DateTimeZoneProviders.Tzdb["Asia/Kathmandu"]).Should().Be("Wed 15 Jan 2025, 14:45 (+05:45)");
        ClockText.WithOffset(start, DateTimeZoneProviders.Tzdb["America/St_Johns"]).Should().Be("Wed 15 Jan 2025, 05:30 (-03:30)");
    }

    [Fact]
    public void S61_Today_is_the_users_date()
    {
        ClockText.Today(Given.Utc("2025-01-15T20:00"), "Asia/Kolkata").Should().Be(new LocalDate(2025, 1, 16));
    }

    [Fact]
    public void Nothing_is_offered_in_the_gap_and_the_reason_says_so()
    {
        var input = Given.Personal(Given.Open("Europe/London", "00:30-03:00"), HalfHours, "2025-03-29T00:00");

        input.FreeOn("2025-03-30").Starts().Should().Equal("00:30", "01:00", "01:30", "23:30");
        new Schedule(input).WhyNot(new LocalDateTime(2025, 3, 30, 1, 30)).Should().ContainSingle()
            .Which.Sentence.Should().Be("The clocks go forward on Sun 30 Mar 2025, from 01:00 to 02:00: 01:30 does not exist.");
    }

    [Fact]
    public void A_wall_clock_time_is_offered_once_when_the_clocks_go_back()
    {
        var input = Given.Personal(Given.Open("Europe/London", "00:30-02:30"), HalfHours, "2025-10-25T00:00");

        var slots = new Schedule(input).FreeSlots(Given.Utc("2025-10-25T20:00"), Given.Utc("2025-10-26T20:00"));

        slots.Starts().Should().Equal("23:30", "00:00", "00:30", "02:00");
        input.WhyNot("2025-10-26T01:00").Should().Equal(ReasonKind.ClockChangeRepeat);
    }

    [Theory]
    [InlineData("00:30-01:30", "23:30", "01:30")]
    [InlineData("01:30-03:00", "00:30", "03:00")]
    public void An_ambiguous_opening_is_the_earlier_and_an_ambiguous_closing_the_later_instant(string hours, string open, string close)
    {
        var windows = OpenWindows.Of(Given.Open("Europe/London", hours), Given.Utc("2025-10-25T20:00"), Given.Utc("2025-10-26T20:00"));

        windows.Should().ContainSingle();
        (windows[0].Open.ToString("HH:mm", null), windows[0].Close.ToString("HH:mm", null)).Should().Be((open, close));
    }

    [Theory]
    [InlineData("00:30-01:30", "00:30", "01:00")]
    [InlineData("01:15-02:30", "01:00", "01:30")]
    public void A_bound_in_the_gap_is_the_first_instant_after_it(string hours, string open, string close)
    {
        var windows = OpenWindows.Of(Given.Open("Europe/London", hours), Given.Utc("2025-03-30T00:00"), Given.Utc("2025-03-30T20:00"));

        (windows[0].Open.ToString("HH:mm", null), windows[0].Close.ToString("HH:mm", null)).Should().Be((open, close));
    }
}
