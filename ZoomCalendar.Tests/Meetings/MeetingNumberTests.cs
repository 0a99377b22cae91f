using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Tests.Meetings;

public sealed class MeetingNumberTests
{
    [Theory]
    [InlineData(123456789, "123 456 789")]
    [InlineData(1234567890, "123 456 7890")]
    [InlineData(12345678901, "123 4567 8901")]
    [InlineData(1234567890123, "123 4567 890123")]
    [InlineData(7, "7")]
    public void A_meeting_id_is_grouped_as_Zoom_groups_it(long id, string grouped) => MeetingNumber.Of(id).Should().Be(grouped);
}
