using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class SlotRulesTests
{
    [Theory]
    [InlineData(4, 30, 1, 60, "5 minutes to 24 hours")]
    [InlineData(1441, 30, 1, 60, "5 minutes to 24 hours")]
    [InlineData(30, 4, 1, 60, "5 minutes to 24 hours")]
    [InlineData(30, 30, 0, 60, "1 to 9,999")]
    [InlineData(30, 30, 10_000, 60, "1 to 9,999")]
    [InlineData(30, 30, 1, 0, "731 days")]
    [InlineData(30, 30, 1, 732, "731 days")]
    public void Values_beyond_the_limits_are_refused_with_the_allowed_range(
        int length, int interval, int seats, int horizonDays, string range)
    {
        var making = () => SlotRules.OfMinutes(length, interval, seats: seats, horizonDays: horizonDays);

        making.Should().Throw<ArgumentException>().WithMessage($"*{range}*");
    }

    [Fact]
    public void Buffers_notice_and_day_limit_have_limits_too()
    {
        var making = () => SlotRules.OfMinutes(30, 30, bufferBefore: -1, bufferAfter: 1441, minimumNotice: -1, dayLimit: 0);

        making.Should().Throw<ArgumentException>().WithMessage("*before*after*notice*per day*");
    }

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        SlotRules.OfMinutes(5, 5, seats: 1, dayLimit: 1);
        SlotRules.OfMinutes(1440, 1440, 1440, 1440, horizonDays: 731, seats: 9_999);
    }
}
