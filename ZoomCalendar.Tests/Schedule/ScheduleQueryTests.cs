using System.Globalization;
using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Components.Pages.Schedule;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class ScheduleQueryTests
{
    [Fact]
    public void The_address_contains_the_whole_view()
    {
        var query = new ScheduleQuery
        {
            View = ScheduleView.Day,
            Date = new LocalDate(2026, 11, 23),
            Filter = new ScheduleFilter
            {
                Members = [new UserId(Guid.NewGuid())],
                Calendars = [new CalendarId(Guid.NewGuid())],
                Search = "Jo & Co",
                WithCancelled = true,
            },
            Open = new AppointmentId(Guid.NewGuid()),
        };

        var parts = query.ToUrl("/a/x/calendar").Split('?')[1].Split('&').Select(part => part.Split('='))
            .ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        var again = ScheduleQuery.Parse(
            parts["view"], parts["date"], parts["who"], parts["calendars"], parts["q"], parts["cancelled"], parts["open"]);

        again.Should().BeEquivalentTo(query);
    }

    [Theory]
    [InlineData("year", "2026-13-01", "x,,y", "nonsense")]
    [InlineData("7", "0001-01-01", "", "")]
    [InlineData(null, null, null, null)]
    public void An_unreadable_address_shows_the_default(string? view, string? date, string? who, string? open)
    {
        var query = ScheduleQuery.Parse(view, date, who, null, null, null, open);

        query.Should().BeEquivalentTo(new ScheduleQuery());
    }

    [Theory]
    [InlineData(ScheduleView.Day, "2026-11-22", 1, "Sunday 22 November 2026")]
    [InlineData(ScheduleView.Week, "2026-11-16", 7, "16 – 22 November 2026")]
    [InlineData(ScheduleView.Month, "2026-10-26", 42, "November 2026")]
    [InlineData(ScheduleView.Agenda, "2026-11-22", 30, "22 Nov – 21 Dec 2026")]
    public void A_view_shows_its_days_around_the_date(ScheduleView view, string first, int count, string title)
    {
        var days = VisibleDays.Of(view, new LocalDate(2026, 11, 22), DayOfWeek.Monday);

        days.First.ToString("R", null).Should().Be(first);
        days.Count.Should().Be(count);
        days.Title(CultureInfo.GetCultureInfo("en-GB")).Should().Be(title);
    }

    [Fact]
    public void Weeks_start_on_the_first_weekday_of_the_language()
    {
        VisibleDays.Of(ScheduleView.Week, new LocalDate(2026, 11, 22), DayOfWeek.Sunday).First.Should().Be(new LocalDate(2026, 11, 22));
    }

    [Fact]
    public void A_range_of_a_week_with_a_clock_change_is_an_hour_shorter()
    {
        var (from, to) = VisibleDays.Of(ScheduleView.Week, new LocalDate(2026, 3, 8), DayOfWeek.Monday)
            .RangeIn(DateTimeZoneProviders.Tzdb["America/Chicago"]);

        (to - from).Should().Be(TimeSpan.FromHours((7 * 24) - 1));
    }
}
