using NodaTime;
using ZoomCalendar.Web.Components.Pages.Schedule;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class TimeScaleTests
{
    private static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];
    private static readonly LocalDate Forward = new(2026, 3, 8);
    private static readonly LocalDate Back = new(2026, 11, 1);

    [Fact]
    public void An_ordinary_day_is_1440_minutes_with_24_labels()
    {
        var scale = TimeScale.For([new LocalDate(2026, 11, 23)], Chicago);

        scale.Minutes.Should().Be(1_440);
        scale.Labels.Should().HaveCount(24);
        scale[new LocalDate(2026, 11, 23)].Missing(scale.Minutes).Should().BeEmpty();
    }

    [Fact]
    public void A_day_of_23_hours_lacks_one_and_keeps_the_clock_beside_it_true()
    {
        var scale = TimeScale.For([Forward], Chicago);
        var day = scale[Forward];

        day.Missing(scale.Minutes).Should().Equal((120, 180));
        day.InstantAt(150).Should().BeNull();
        day.PositionOf(At(Forward, 9)).Should().Be(540);
        (day.End - day.Start).Should().Be(Duration.FromHours(23));
    }

    [Fact]
    public void A_day_of_25_hours_has_the_repeated_hour_twice()
    {
        var scale = TimeScale.For([Back], Chicago);
        var day = scale[Back];
        var first = Chicago.MapLocal(Back.At(new LocalTime(1, 30))).First().ToInstant();

        scale.Minutes.Should().Be(1_500);
        scale.Labels.Where(label => label.Time == new LocalTime(1, 0)).Select(label => (label.Minute, label.IsRepeat)).Should()
            .Equal((60, false), (120, true));
        day.PositionOf(first).Should().Be(90);
        day.PositionOf(first + Duration.FromHours(1)).Should().Be(150);
        day.InstantAt(150).Should().Be(first + Duration.FromHours(1));
        day.PositionOf(At(Back, 9)).Should().Be(600);
    }

    [Fact]
    public void The_other_days_of_the_week_are_hatched_where_one_day_repeats_an_hour()
    {
        var friday = Back.PlusDays(-2);
        var scale = TimeScale.For([friday, Back], Chicago);

        scale[friday].Missing(scale.Minutes).Should().Equal((120, 180));
        scale[friday].PositionOf(At(friday, 9)).Should().Be(scale[Back].PositionOf(At(Back, 9)));
    }

    [Fact]
    public void An_appointment_over_the_change_ends_where_its_last_minute_is()
    {
        var day = TimeScale.For([Forward], Chicago)[Forward];
        var change = At(Forward, 3);

        day.PositionOf(change).Should().Be(180);
        day.PositionOfEnd(change).Should().Be(120);
    }

    [Theory]
    [InlineData("Australia/Lord_Howe", 2026, 4, 5, 1_470)]
    [InlineData("Australia/Lord_Howe", 2026, 10, 4, 1_440)]
    [InlineData("Africa/Cairo", 2026, 4, 24, 1_440)]
    [InlineData("Pacific/Apia", 2011, 12, 30, 1_440)]
    public void Unusual_clock_changes_are_drawn_correctly(string zone, int year, int month, int day, int minutes)
    {
        var date = new LocalDate(year, month, day);

        var scale = TimeScale.For([date], DateTimeZoneProviders.Tzdb[zone]);

        scale.Minutes.Should().Be(minutes);
    }

    [Fact]
    public void In_every_zone_each_quarter_hour_of_a_clock_change_has_one_position()
    {
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            var year = new Interval(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0));
            foreach (var date in zone.GetZoneIntervals(year).Skip(1).Select(interval => interval.IsoLocalStart.Date))
            {
                var day = TimeScale.For([date.PlusDays(-1), date, date.PlusDays(1)], zone)[date];
                for (var at = day.Start; at < day.End; at += Duration.FromMinutes(15))
                {
                    day.InstantAt(day.PositionOf(at)).Should().Be(at, "{0} on {1}", id, date);
                }
            }
        }
    }

    private static Instant At(LocalDate date, int hour) => Chicago.AtStrictly(date.At(new LocalTime(hour, 0))).ToInstant();
}
