using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class SlotScenarios
{
    private const string Before = "2025-01-14T00:00";
    private const string Day = "2025-01-15";

    [Theory]
    [InlineData(60)]
    [InlineData(30)]
    public void S01_S02_A_full_day_has_24_hourly_slots_whatever_their_length(int length)
    {
        var slots = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(length, 60), Before).FreeOn(Day);

        slots.Should().HaveCount(24);
    }

    [Fact]
    public void S04_Notice_reaches_into_the_next_day()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60, minimumNotice: 1500), "2021-06-20T11:59:59Z");

        input.FreeOn("2021-06-21").Should().HaveCount(11);
    }

    [Theory]
    [InlineData("00:00-24:00", 20, 72)]
    [InlineData("00:00-23:59:59", 20, 72)]
    [InlineData("00:00-23:45", 20, 71)]
    [InlineData("00:10-02:00", 10, 11)]
    [InlineData("09:00-10:00", 30, 2)]
    [InlineData("09:00-09:40", 30, 1)]
    [InlineData("09:00-09:20", 30, 0)]
    [InlineData("09:00-10:15", 30, 2)]
    [InlineData("12:00-09:00", 30, 0)]
    [InlineData("09:00-09:00", 30, 0)]
    [InlineData("09:00-10:00", 90, 0)]
    public void S05_S14_S16_S18_Slots_fit_into_their_window(string hours, int length, int count)
    {
        var slots = Given.Personal(Given.Open("UTC", hours), SlotRules.OfMinutes(length, length), Before).FreeOn(Day);

        slots.Should().HaveCount(count);
    }

    [Fact]
    public void S06_Two_windows_have_six_slots()
    {
        var slots = Given.Personal(Given.Open("UTC", "11:00-12:00", "14:00-15:00"), SlotRules.OfMinutes(20, 20), Before).FreeOn(Day);

        slots.Starts().Should().Equal("11:00", "11:20", "11:40", "14:00", "14:20", "14:40");
    }

    [Theory]
    [InlineData("11:00-13:00", "11:15-13:00")]
    [InlineData("11:15-13:00", "11:00-13:00")]
    public void S08_Overlapping_hours_are_one(string first, string second)
    {
        var slots = Given.Personal(Given.Open("UTC", first, second), SlotRules.OfMinutes(45, 45), Before).FreeOn(Day);

        slots.Starts().Should().Equal("11:00", "11:45");
    }

    [Fact]
    public void S11_Kolkata_is_five_and_a_half_hours_ahead()
    {
        var slots = Given.Personal(Given.Open("Asia/Kolkata", "07:30-09:30"), SlotRules.OfMinutes(60, 60), Before).FreeOn(Day);

        slots.Starts().Should().Equal("02:00", "03:00");
    }

    [Fact]
    public void S13_Eight_minute_slots_from_22_past()
    {
        var slots = Given.Personal(Given.Open("UTC", "07:22-08:00"), SlotRules.OfMinutes(8, 8), Before).FreeOn(Day);

        slots.Starts().Should().Equal("07:22", "07:30", "07:38", "07:46");
    }

    [Fact]
    public void S17_Only_the_days_that_are_open()
    {
        var rules = SlotRules.OfMinutes(30, 30);
        var threeDays = new Availability(
            "UTC", WeeklyHours.On([IsoDayOfWeek.Monday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Friday], "09:00-10:00"));
        var monday = new Availability("UTC", WeeklyHours.On(IsoDayOfWeek.Monday, "09:00-12:00"));

        Given.Personal(Given.Open("UTC", "09:00-12:00"), SlotRules.OfMinutes(60, 60), Before).FreeOn(Day).Starts().Should()
            .Equal("09:00", "10:00", "11:00");
        Given.Personal(threeDays, rules, "2025-01-12T00:00").FreeOn("2025-01-13", days: 5).Should().HaveCount(6);
        Given.Personal(monday, rules, Before).FreeOn(Day).Should().BeEmpty();
    }

    [Theory]
    [InlineData(15, 60, "09:50", "10:15", "10:00")]
    [InlineData(15, 60, "09:01", "10:15", "10:00")]
    [InlineData(60, 120, "00:30", "23:00", "02:00")]
    public void S21_The_grid_does_not_depend_on_the_requested_range(int length, int interval, string from, string to, string first)
    {
        var schedule = new Schedule(Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(length, interval), Before));

        var slots = schedule.FreeSlots(Given.Utc($"{Day}T{from}"), Given.Utc($"{Day}T{to}"));

        slots.Starts()[0].Should().Be(first);
    }

    [Fact]
    public void S23_S25_Hours_in_Kolkata()
    {
        var ist = Given.Ist();

        var every45 = Given.Personal(ist, SlotRules.OfMinutes(45, 45), Before).FreeOn(Day).Starts();
        var every30 = Given.Personal(ist, SlotRules.OfMinutes(30, 30), Before).FreeOn(Day).Starts();

        every45.Should().HaveCount(11).And.StartWith(["04:00", "04:45"]).And.EndWith("11:30");
        every30.Should().HaveCount(17).And.StartWith(["04:00", "04:30"]).And.EndWith("12:00");
    }

    [Fact]
    public void S28_A_date_override_replaces_the_weekday()
    {
        var hours = Given.Ist(DateOverride.Open(new LocalDate(2025, 1, 15), "14:00-18:00"));

        var slots = Given.Personal(hours, SlotRules.OfMinutes(60, 60), Before).FreeOn(Day);

        slots.Starts().Should().Equal("08:30", "09:30", "10:30", "11:30");
    }

    [Theory]
    [InlineData(13, new[] { "08:00", "10:00" })]
    [InlineData(10, new[] { "06:00", "08:00", "10:00" })]
    public void S30_Notice_in_Kolkata(int hours, string[] starts)
    {
        var input = Given.Personal(Given.Ist(), SlotRules.OfMinutes(120, 120, minimumNotice: hours * 60), "2025-01-14T18:30");

        input.FreeOn(Day).Starts().Should().Equal(starts);
    }
}
