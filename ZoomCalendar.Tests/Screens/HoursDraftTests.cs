using FsCheck.Xunit;
using NodaTime;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Tests.Screens;

/// <summary>What the Availability page and a calendar's hours editor make of times that somebody types.</summary>
public sealed class HoursDraftTests
{
    private const string Zone = "Europe/London";

    [Fact]
    public void Typing_22_00_to_02_00_makes_two_windows_that_touch_at_midnight()
    {
        var (hours, problem) = Typed(day: 1, "22:00", "02:00").Read(Zone);

        problem.Should().BeNull();
        hours!.Week[IsoDayOfWeek.Tuesday].Should().Equal(OpenHours.Parse("22:00-24:00"));
        hours.Week[IsoDayOfWeek.Wednesday].Should().Equal(OpenHours.Parse("00:00-02:00"));
    }

    [Fact]
    public void Sunday_night_runs_into_monday()
    {
        var hours = Typed(day: 6, "21:30", "01:15").Read(Zone).Hours!;

        hours.Week[IsoDayOfWeek.Sunday].Should().Equal(OpenHours.Parse("21:30-24:00"));
        hours.Week[IsoDayOfWeek.Monday].Should().Equal(OpenHours.Parse("00:00-01:15"));
    }

    [Fact]
    public void Hours_over_midnight_are_shown_as_one_line()
    {
        var saved = Typed(day: 1, "22:00", "02:00").Read(Zone).Hours!;

        var draft = HoursDraft.Of(saved);

        draft.Week[1].Select(window => (window.From, window.Until)).Should().Equal(("22:00", "02:00"));
        draft.Week[2].Should().BeEmpty();
    }

    [Theory]
    [InlineData("00:00", "00:00", "00:00-24:00")]
    [InlineData("22:00", "00:00", "22:00-24:00")]
    [InlineData("22:00", "24:00", "22:00-24:00")]
    [InlineData("22:00", "23:59:59", "22:00-24:00")]
    [InlineData("22:00", "23:59", "22:00-23:59")]
    [InlineData("09:00:00", "17:00:00", "09:00-17:00")]
    public void Midnight_as_the_end_is_the_next_midnight(string from, string until, string expected)
    {
        var hours = Typed(day: 1, from, until).Read(Zone).Hours!;

        hours.Week[IsoDayOfWeek.Tuesday].Should().Equal(OpenHours.Parse(expected));
        hours.Week[IsoDayOfWeek.Wednesday].Should().BeEmpty();
    }

    [Theory]
    [InlineData("09:00", "09:00", "the end must be different from the start.")]
    [InlineData("", "17:00", "enter both times")]
    [InlineData("09:00:30", "17:00", "enter both times")]
    [InlineData("09:00", "25:00", "enter both times")]
    public void Incomplete_times_are_refused_with_a_sentence(string from, string until, string sentence)
    {
        var (hours, problem) = Typed(day: 1, from, until).Read(Zone);

        hours.Should().BeNull();
        problem.Should().StartWith("Tuesday: ").And.Contain(sentence);
    }

    [Fact]
    public void A_date_that_runs_over_midnight_adds_to_the_next_day_and_is_read_back_as_typed()
    {
        var draft = Typed(day: 5, "10:00", "12:00");
        draft.Dates.Add(new DateDraft
        {
            Date = new DateOnly(2026, 12, 4),
            Windows = [new WindowDraft { From = "22:00", Until = "02:00" }],
        });

        var hours = draft.Read(Zone).Hours!;
        var shown = HoursDraft.Of(hours);

        hours.HoursOn(new LocalDate(2026, 12, 4)).Should().Equal(OpenHours.Parse("22:00-24:00"));
        hours.HoursOn(new LocalDate(2026, 12, 5)).Should().Equal(OpenHours.Parse("00:00-02:00"), OpenHours.Parse("10:00-12:00"));
        shown.Dates.Should().ContainSingle().Which.Windows.Select(window => (window.From, window.Until)).Should().Equal(("22:00", "02:00"));
    }

    [Theory]
    [InlineData(1999)]
    [InlineData(9999)]
    public void A_date_out_of_range_is_refused_with_a_sentence(int year)
    {
        var draft = Typed(day: 1, "09:00", "17:00");
        draft.Dates.Add(new DateDraft { Date = new DateOnly(year, 12, 31) });

        draft.Read(Zone).Problem.Should().Contain("2000").And.Contain("2199");
    }

    [Property(MaxTest = 300)]
    public void Hours_that_are_shown_and_saved_stay_unchanged(int seed)
    {
        var hours = Random(new Random(seed));

        var (saved, problem) = HoursDraft.Of(hours).Read(Zone);

        Assert.Null(problem);
        Assert.Equal(AvailabilityJson.Serialize(hours), AvailabilityJson.Serialize(saved!));
    }

    private static Availability Random(Random random)
    {
        var first = new LocalDate(2026, 12, 1);
        var week = WeeklyHours.Days.Select(day => KeyValuePair.Create(day, Windows(random)));
        var dates = Enumerable.Range(0, 10).Where(_ => random.Next(2) == 0)
            .Select(day => new DateOverride(first.PlusDays(day), Windows(random)));
        return new Availability(Zone, new WeeklyHours(week), dates);
    }

    private static IReadOnlyList<OpenHours> Windows(Random random)
    {
        int[] times = [0, 0, 0, 60, 120, 540, 720, 1260, 1320, 1440, 1440, 1440];
        return [.. Enumerable.Range(0, random.Next(4)).Select(
            _ => new OpenHours(times[random.Next(times.Length)], times[random.Next(times.Length)]))];
    }

    private static HoursDraft Typed(int day, string from, string until)
    {
        var draft = HoursDraft.Of(new Availability(Zone, WeeklyHours.Never));
        draft.Week[day].Add(new WindowDraft { From = from, Until = until });
        return draft;
    }
}
