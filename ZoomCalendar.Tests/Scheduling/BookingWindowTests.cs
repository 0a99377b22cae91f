using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

/// <summary>A booking window counts calendar days: today and the next <c>n</c>, in the calendar's zone, whatever the hour is now.</summary>
public sealed class BookingWindowTests
{
    [Theory]
    [InlineData("2025-01-17T07:00")]
    [InlineData("2025-01-17T00:00")]
    [InlineData("2025-01-17T16:45")]
    public void S40_With_two_days_the_day_after_tomorrow_has_all_its_times(string friday)
    {
        var input = Given.Personal(Given.Open("UTC", "09:00-18:00"), SlotRules.OfMinutes(60, 60, horizonDays: 2), friday);

        input.FreeOn("2025-01-17").Should().NotBeEmpty();
        input.FreeOn("2025-01-18").Should().HaveCount(9);
        input.FreeOn("2025-01-19").Starts().Should().HaveCount(9).And.EndWith("17:00");
        input.FreeOn("2025-01-20").Should().BeEmpty();
        input.WhyNot("2025-01-19T17:00").Should().BeEmpty();
        input.WhyNot("2025-01-20T09:00").Should().Equal(ReasonKind.TooFar);
    }

    [Fact]
    public void The_last_day_lasts_until_its_midnight_and_a_slot_may_run_over_it()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 30, horizonDays: 2), "2025-01-17T07:00");

        input.WhyNot("2025-01-19T23:30").Should().BeEmpty();
        input.WhyNot("2025-01-20T00:00").Should().Equal(ReasonKind.TooFar);
    }

    [Theory]
    // It is Saturday already in Auckland, still Thursday in Honolulu.
    [InlineData("Pacific/Auckland", "2025-01-17T12:00", "2025-01-20")]
    [InlineData("Pacific/Honolulu", "2025-01-17T09:59", "2025-01-18")]
    [InlineData("Pacific/Honolulu", "2025-01-17T10:00", "2025-01-19")]
    public void Days_are_those_of_the_calendars_zone(string zone, string now, string last)
    {
        var hours = Given.Open(zone, "00:00-24:00");
        var input = Given.Personal(hours, SlotRules.OfMinutes(30, 30, horizonDays: 2), now);

        var starts = new Schedule(input).FreeSlots(Given.Utc(now), Given.Utc(now) + Duration.FromDays(6))
            .Select(slot => slot.Start.InZone(hours.Zone)).ToList();

        LocalDateText(starts[^1]).Should().Be(last);
        starts[^1].TimeOfDay.Should().Be(new LocalTime(23, 30));
    }

    [Theory]
    [InlineData("2025-03-29T08:00", 1, "2025-03-30T22:30")]
    [InlineData("2025-10-25T08:00", 1, "2025-10-26T23:30")]
    public void The_day_of_a_clock_change_is_one_day(string now, int days, string lastStart)
    {
        var input = Given.Personal(Availability.Always("Europe/London"), SlotRules.OfMinutes(30, 30, horizonDays: days), now);

        var starts = new Schedule(input).FreeSlots(Given.Utc(now), Given.Utc(now) + Duration.FromDays(4)).Select(slot => slot.Start)
            .ToList();

        starts[^1].Should().Be(Given.Utc(lastStart));
    }

    [Fact]
    public void A_member_in_another_zone_is_offered_through_the_calendars_last_day()
    {
        var input = Given.Personal(
            Availability.Always("Asia/Tokyo"),
            SlotRules.OfMinutes(60, 60, horizonDays: 1),
            "2025-01-17T07:00") with
        { ZoneId = "America/Chicago" };

        input.WhyNot("2025-01-19T05:00").Should().BeEmpty();
        input.WhyNot("2025-01-19T06:00").Should().Equal(ReasonKind.TooFar);
    }

    [Fact]
    public void The_sentence_names_the_last_day()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60, horizonDays: 2), "2025-01-17T07:00");

        new Schedule(input).WhyNot(Given.Utc("2025-01-20T09:00"))[0].Sentence.Should()
            .Be("Bookings are taken 2 days ahead, until the end of Sun 19 Jan 2025.");
    }

    private static string LocalDateText(ZonedDateTime time) => NodaTime.Text.LocalDatePattern.Iso.Format(time.Date);
}
