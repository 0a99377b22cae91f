using FsCheck.Xunit;
using ZoomCalendar.Web.Components.Pages.Schedule;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class LanesTests
{
    [Fact]
    public void An_appointment_without_overlap_has_the_whole_width()
    {
        var (placed, _) = Lanes.Arrange([(540, 570), (570, 600)], 4);

        placed.Should().OnlyContain(item => item.Lane == 0 && item.Of == 1);
    }

    [Fact]
    public void Appointments_that_overlap_through_a_third_share_the_width_and_reuse_a_free_lane()
    {
        var (placed, _) = Lanes.Arrange([(540, 600), (570, 660), (600, 630)], 4);

        placed.OrderBy(item => item.Index).Select(item => (item.Lane, item.Of)).Should().Equal((0, 2), (1, 2), (0, 2));
    }

    [Fact]
    public void Appointments_that_do_not_fit_are_behind_one_button()
    {
        var (placed, overflows) = Lanes.Arrange([.. Enumerable.Repeat((540, 600), 20)], 4);

        placed.Should().HaveCount(3);
        overflows.Should().ContainSingle().Which.Indexes.Should().HaveCount(17);
    }

    [Property]
    public bool No_card_covers_another_and_none_is_missing(List<(byte From, byte Length)> times)
    {
        List<(int From, int To)> items = [.. times.Select(time => ((int)time.From, time.From + Math.Max(1, (int)time.Length)))];

        var (placed, overflows) = Lanes.Arrange(items, 5);

        var apart = placed.All(
            one => placed.All(other => one.Index == other.Index || one.Lane != other.Lane || one.To <= other.From || other.To <= one.From));
        return apart && placed.Select(item => item.Index).Concat(overflows.SelectMany(overflow => overflow.Indexes)).Order()
            .SequenceEqual(Enumerable.Range(0, items.Count));
    }
}
