using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Tests.Zoom;

public sealed class MeetingRequestTests
{
    [Fact]
    public void Long_texts_are_shortened_to_Zooms_limits_without_splitting_a_character()
    {
        var request = Make(topic: new string('x', 199) + "😀", agenda: new string('y', 3000));

        request.Topic.Should().Be(new string('x', 199));
        request.Agenda.Should().HaveLength(2000);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(60, 60)]
    [InlineData(5000, 1440)]
    public void The_duration_is_limited_to_Zooms_range(int minutes, int expected) =>
        Make(minutes: minutes).DurationMinutes.Should().Be(expected);

    [Theory]
    [InlineData("aZ9@-_*", true)]
    [InlineData("1234567890", true)]
    [InlineData("12345678901", false)]
    [InlineData("", false)]
    [InlineData("with space", false)]
    [InlineData("abc\n", false)]
    public void A_passcode_is_taken_as_it_is_or_left_to_Zoom(string password, bool taken)
    {
        MeetingRequest.IsAcceptablePassword(password).Should().Be(taken);
        Make(password: password).Password.Should().Be(taken ? password : null);
    }

    private static MeetingRequest Make(string topic = "t", int minutes = 30, string agenda = "a", string? password = null) =>
        new(topic, StubZoom.Now, minutes, "UTC", agenda, password, new());
}
