using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class RoundRobinTests
{
    private static readonly AvailableHost Ada = new(Given.Ada, 1, false, Priority: 0);
    private static readonly AvailableHost Ben = new(Given.Ben, 1, false, Priority: 0);
    private static readonly Dictionary<Guid, int> None = [];

    [Fact]
    public void By_availability_the_higher_priority_is_drawn()
    {
        Draw([Ada, Ben with { Priority = 1 }], RoundRobinBy.Availability, new() { [Given.Ben] = 9 }).Should().Be(Given.Ben);
    }

    [Fact]
    public void By_equal_distribution_the_fewest_appointments_are_drawn()
    {
        Draw([Ada with { Priority = 1 }, Ben], RoundRobinBy.EqualDistribution, new() { [Given.Ada] = 2, [Given.Ben] = 1 }).Should()
            .Be(Given.Ben);
    }

    [Theory]
    [InlineData(RoundRobinBy.Availability)]
    [InlineData(RoundRobinBy.EqualDistribution)]
    public void Ties_are_resolved_the_same_way_each_time(RoundRobinBy by)
    {
        Draw([Ben, Ada], by, None).Should().Be(Given.Ada);
        Draw([Ada, Ben], by, None).Should().Be(Given.Ada);
    }

    [Theory]
    [InlineData(RoundRobinBy.Availability)]
    [InlineData(RoundRobinBy.EqualDistribution)]
    public void A_started_slot_is_filled_before_another_hosts_is_opened(RoundRobinBy by)
    {
        Draw([Ada with { Priority = 5 }, Ben with { IsStarted = true }], by, new() { [Given.Ben] = 9 }).Should().Be(Given.Ben);
    }

    [Fact]
    public void A_moved_appointment_keeps_its_host_if_free_and_is_otherwise_reassigned()
    {
        RoundRobin.Choose([Ada with { IsStarted = true }, Ben], RoundRobinBy.Availability, None, keep: Given.Ben).Should().Be(Given.Ben);
        RoundRobin.Choose([Ada], RoundRobinBy.Availability, None, keep: Given.Ben).Should().Be(Given.Ada);
        RoundRobin.Choose([], RoundRobinBy.Availability, None).Should().BeNull();
    }

    [Fact]
    public void Ten_bookings_by_equal_distribution_are_five_each()
    {
        var counts = new Dictionary<Guid, int>();

        for (var i = 0; i < 10; i++)
        {
            var host = Draw([Ada, Ben with { Priority = 1 }], RoundRobinBy.EqualDistribution, counts)!.Value;
            counts[host] = counts.GetValueOrDefault(host) + 1;
        }

        counts.Values.Should().Equal(5, 5);
    }

    private static Guid? Draw(AvailableHost[] able, RoundRobinBy by, Dictionary<Guid, int> counts) => RoundRobin.Choose(able, by, counts);
}
