using Bunit;
using NodaTime;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Web.Components.Pages.Profile;

namespace ZoomCalendar.Tests.Screens;

public sealed class QuotaMeterTests : ComponentTest
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Fact]
    public void The_meter_shows_used_left_waiting_and_the_reset_in_the_readers_zone()
    {
        var meter = Show(used: 12, waiting: 3, atReset: 2);

        meter.Find(".count").TextContent.Should().Be("12 of 100");
        meter.Find("dl").TextContent.Should().Contain("88").And.Contain("3 waiting, 2 go at 00:00 UTC").And.Contain("18:00");
        meter.FindAll(".mud-alert").Should().BeEmpty();
    }

    [Theory]
    [InlineData(79, false, null)]
    [InlineData(80, false, "80 of today's 100 requests are used.")]
    [InlineData(100, true, "Nothing more can be sent to Zoom today.")]
    [InlineData(40, true, "Nothing more can be sent to Zoom today: Zoom says so, other apps count too.")]
    public void The_meter_warns_at_80_and_when_nothing_is_left(int used, bool usedUp, string? warning)
    {
        var meter = Show(used, usedUp: usedUp);

        meter.FindAll(".mud-alert").Select(note => note.TextContent).Should().HaveCount(warning is null ? 0 : 1);
        if (warning is not null)
        {
            meter.Find(".mud-alert").TextContent.Should().StartWith(warning);
        }
    }

    [Fact]
    public void A_day_used_up_by_other_programs_is_not_shown_as_a_share_of_100()
    {
        var meter = Show(16, usedUp: true);

        meter.Find(".count").TextContent.Should().Be("None left");
        meter.Find("dl").TextContent.Should().Contain("Sent by this app16").And.Contain("Left0");
        meter.Find("[role=progressbar]").GetAttribute("aria-valuetext").Should().Be("none left, 16 sent by this app");
        meter.Find(".mud-alert").TextContent.Should().Contain("This app has sent 16 of the 100.");
    }

    [Fact]
    public void The_last_seven_days_are_available_as_numbers()
    {
        var meter = Show(used: 5);

        meter.FindAll(".number").Select(number => number.TextContent).Should().Equal("10", "20", "30", "40", "50", "60", "5");
    }

    [Fact]
    public void Seven_days_without_a_request_are_a_sentence_and_no_chart()
    {
        var meter = Show(used: 0, before: 0);

        meter.FindAll("figure").Should().BeEmpty();
        meter.Markup.Should().Contain("This app has sent no request in the last seven days.");
    }

    private IRenderedComponent<QuotaMeter> Show(int used, bool usedUp = false, int waiting = 0, int atReset = 0, int before = 10) =>
        Bunit.Render<QuotaMeter>(meter => meter
        .Add(parameters => parameters.Zone, DateTimeZoneProviders.Tzdb["America/Chicago"])
        .Add(parameters => parameters.Status, new QuotaStatus(
            Day,
            used,
            usedUp,
            usedUp ? 0 : 100 - used,
            waiting,
            atReset,
            new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
            [.. Enumerable.Range(1, 6).Select(
                number => new QuotaStatus.UsedOn(Day.AddDays(number - 7), number * before)), new QuotaStatus.UsedOn(Day, used)])));
}
