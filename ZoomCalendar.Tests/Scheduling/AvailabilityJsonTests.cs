using System.Text.Json;
using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class AvailabilityJsonTests
{
    private const string Stored = """{"zone":"Europe/London","week":{"mon":["09:00-12:00","13:00-24:00"]},"dates":{"2025-06-13":[],"2025-06-14":["10:00-11:00"]}}""";

    [Fact]
    public void The_stored_form_is_compact_and_always_the_same()
    {
        var hours = new Availability(
            "Europe/London",
            WeeklyHours.On(IsoDayOfWeek.Monday, "13:00-23:59:59", "10:00-12:00", "09:00-11:00"),
            [DateOverride.Open(new LocalDate(2025, 6, 14), "10:00-11:00"), DateOverride.DayOff(new LocalDate(2025, 6, 13))]);

        AvailabilityJson.Serialize(hours).Should().Be(Stored);
        JsonSerializer.Serialize(hours).Should().Be(Stored);
        AvailabilityJson.Serialize(AvailabilityJson.Parse(Stored)).Should().Be(Stored);
        AvailabilityJson.Parse(Stored).Should().Be(hours);
        JsonSerializer.Deserialize<Availability>(Stored).Should().Be(hours);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"zone":"Europe/London","week":{}}""")]
    [InlineData("""{"zone":"Europe/Londn","week":{},"dates":{}}""")]
    [InlineData("""{"zone":null,"week":{},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":null,"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"mon":null},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"mon":[null]},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"noday":[]},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"mon":[],"mon":[]},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"mon":["9-17"]},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"mon":["09:00-24:30"]},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{"mon":["09:00:30-12:00"]},"dates":{}}""")]
    [InlineData("""{"zone":"UTC","week":{},"dates":{"2025-02-30":[]}}""")]
    [InlineData("""{"zone":"UTC","week":{},"dates":{},"more":1}""")]
    public void A_broken_value_is_refused_as_a_whole(string json)
    {
        var parsing = () => AvailabilityJson.Parse(json);

        parsing.Should().Throw<JsonException>();
    }
}
