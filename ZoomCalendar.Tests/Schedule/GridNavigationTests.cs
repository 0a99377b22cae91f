using ZoomCalendar.Web.Components.Pages.Schedule;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class GridNavigationTests
{
    private static readonly IReadOnlyList<Stop> Stops = GridNavigation.StopsOf([new Placed(0, 540, 600, 0, 1)], 1_440);

    [Fact]
    public void Down_moves_by_half_hours_and_stops_at_an_appointment_once()
    {
        var walked = new List<Stop> { new(510, null) };
        for (var step = 0; step < 3; step++)
        {
            walked.Add(GridNavigation.Along(Stops, walked[^1], 1));
        }

        walked.Should().Equal(new Stop(510, null), new Stop(540, 0), new Stop(600, null), new Stop(630, null));
    }

    [Fact]
    public void Up_at_midnight_stays()
    {
        GridNavigation.Along(Stops, new Stop(0, null), -1).Should().Be(new Stop(0, null));
    }

    [Fact]
    public void Left_and_right_select_what_is_at_that_time()
    {
        GridNavigation.Across(Stops, new Stop(570, null)).Should().Be(new Stop(540, 0));
        GridNavigation.Across(Stops, new Stop(600, 7)).Should().Be(new Stop(600, null));
    }

    [Fact]
    public void Two_appointments_at_one_time_are_two_stops()
    {
        var stops = GridNavigation.StopsOf([new Placed(0, 540, 570, 0, 2), new Placed(1, 540, 570, 1, 2)], 1_440);

        GridNavigation.Along(stops, new Stop(540, 0), 1).Should().Be(new Stop(540, 1));
    }
}
