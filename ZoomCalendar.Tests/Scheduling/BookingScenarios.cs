using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class BookingScenarios
{
    private const string Before = "2025-01-14T00:00";

    [Fact]
    public void S34_The_past_and_beyond_the_horizon_are_refused()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60, horizonDays: 30), "2025-01-14T10:30");

        input.WhyNot("2025-01-14T10:00").Should().Equal(ReasonKind.Past);
        input.WhyNot("2025-02-13T10:00").Should().BeEmpty();
        input.WhyNot("2025-02-14T00:00").Should().Equal(ReasonKind.TooFar);
        input.Check("2025-02-14T00:00", 60, BookingOverride.Staff).IsAllowed.Should().BeTrue();
        input.Check("2025-01-14T10:00", 60, BookingOverride.Staff | BookingOverride.DoubleBook).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public void S35_Another_length_is_refused_unless_staff_override_it()
    {
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60), Before);

        input.WhyNot("2025-01-15T10:00", 90).Should().Equal(ReasonKind.WrongLength);
        input.Check("2025-01-15T10:00", 90, BookingOverride.Staff).IsAllowed.Should().BeTrue();
        input.Check("2025-01-15T10:00", 0, BookingOverride.Staff).IsAllowed.Should().BeFalse();
    }

    [Theory]
    [InlineData("2025-01-18T10:00", ReasonKind.OutsideHours)]
    [InlineData("2025-01-15T08:30", ReasonKind.OutsideHours)]
    [InlineData("2025-01-15T17:00", ReasonKind.OutsideHours)]
    [InlineData("2025-01-15T16:30", ReasonKind.OutsideHours)]
    [InlineData("2025-01-15T10:10", ReasonKind.OffTheGrid)]
    public void S36_A_customer_can_book_only_offered_times(string start, ReasonKind reason)
    {
        var input = Given.Personal(new Availability("UTC", WeeklyHours.OfficeHours), SlotRules.OfMinutes(60, 60), Before);

        input.WhyNot(start).Should().Equal(reason);
        input.Check(start, 60).IsAllowed.Should().BeFalse();
        input.Check(start, 60, BookingOverride.Staff).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public void S38_A_full_day_offers_nothing_and_other_days_are_untouched()
    {
        var booked = Given.Booked("2025-01-15T10:00", 60);
        var input = Given.Personal(Given.Open("Asia/Kolkata", "09:00-17:00"), SlotRules.OfMinutes(60, 60, dayLimit: 1), Before) with
        {
            Starts = [new AppointmentStart(booked.AppointmentId, booked.Start)],
        };

        input.FreeOn("2025-01-15").Should().BeEmpty();
        input.WhyNot("2025-01-15T04:30").Should().Equal(ReasonKind.DayLimit);
        input.FreeOn("2025-01-16").Should().HaveCount(8);
        (input with { Starts = [] }).FreeOn("2025-01-15").Should().HaveCount(8);
        (input with { ExcludedAppointments = new HashSet<Guid> { booked.AppointmentId } }).FreeOn("2025-01-15").Should().HaveCount(8);
    }

    [Theory]
    [InlineData(45, 30, false)]
    [InlineData(180, 180, true)]
    [InlineData(0, 10, true)]
    [InlineData(0, 0, false)]
    [InlineData(0, -5, false)]
    public void S42_The_cut_off_binds_until_its_boundary(int cutOff, int left, bool allowed)
    {
        var now = Given.Utc("2025-01-15T10:00");
        var start = now + Duration.FromMinutes(left);

        var refusal = BookerChangeRules.WhyNotMove(start, now + Duration.FromDays(1), Duration.Zero, Duration.FromMinutes(cutOff), now);

        (refusal is null).Should().Be(allowed);
        if (cutOff == 45)
        {
            refusal!.Text.Should().Contain("45 minutes");
        }
    }

    [Theory]
    [InlineData(120, 0, 60, 1440, false)]
    [InlineData(120, 0, 180, 60, false)]
    [InlineData(0, 120, 180, 60, false)]
    [InlineData(120, 60, 120, 120, true)]
    public void S43_Notice_and_cut_off_bind_the_old_start_and_the_new(int notice, int cutOff, int oldIn, int newIn, bool allowed)
    {
        var now = Given.Utc("2025-01-15T10:00");

        var refusal = BookerChangeRules.WhyNotMove(
            now + Duration.FromMinutes(oldIn),
            now + Duration.FromMinutes(newIn),
            Duration.FromMinutes(notice),
            Duration.FromMinutes(cutOff),
            now);

        (refusal is null).Should().Be(allowed);
        (BookerChangeRules.WhyNotCancel(
            now + Duration.FromMinutes(oldIn),
            Duration.FromMinutes(notice),
            Duration.FromMinutes(cutOff),
            now) is null).Should().Be(oldIn >= 120);
    }

    [Fact]
    public void S75_Three_do_not_fit_into_two_seats()
    {
        var there = Given.Booked("2025-01-15T14:00", 60);
        var moving = Enumerable.Range(0, 3).Select(_ => Given.Booked("2025-01-15T10:00", 60)).ToArray();
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60, seats: 3), Before, [there, .. moving]) with
        {
            ExcludedAppointments = moving.Select(m => m.AppointmentId).ToHashSet(),
            SeatsWanted = 3,
        };

        input.WhyNot("2025-01-15T14:00").Should().Equal(ReasonKind.SeatsTaken);
        input.WhyNot("2025-01-15T15:00").Should().BeEmpty();
        (input with { SeatsWanted = 2 }).WhyNot("2025-01-15T14:00").Should().BeEmpty();
    }

    [Fact]
    public void S81_A_full_slot_is_offered_again_after_a_cancellation()
    {
        var (one, two) = (Given.Booked("2025-01-15T10:00", 60), Given.Booked("2025-01-15T10:00", 60));
        var rules = SlotRules.OfMinutes(60, 60, seats: 2);

        var full = Given.Personal(Availability.Always("UTC"), rules, Before, one, two);
        var left = Given.Personal(Availability.Always("UTC"), rules, Before, one);

        full.FreeOn("2025-01-15").Starts().Should().NotContain("10:00").And.HaveCount(23);
        full.WhyNot("2025-01-15T10:00").Should().Equal(ReasonKind.SeatsTaken);
        left.FreeOn("2025-01-15").Single(s => s.Start == one.Start).SeatsLeft.Should().Be(1);
    }

    [Fact]
    public void S94_A_host_is_booked_once_across_calendars()
    {
        var elsewhere = Given.Booked("2025-01-15T10:00", 60, calendar: Given.OtherCalendar);
        var one = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60), Before, elsewhere);
        var two = one with { Hosts = [one.Hosts[0], new Host(Given.Ben, Availability.Always("UTC"), "Ben")] };

        one.WhyNot("2025-01-15T10:00").Should().Equal(ReasonKind.HostBooked);
        (two with { Type = CalendarType.Collective }).WhyNot("2025-01-15T10:00").Should().Equal(ReasonKind.HostBooked);
        (two with { Type = CalendarType.Collective, PrimaryHostId = Given.Ben }).WhyNot("2025-01-15T10:00").Should()
            .Equal(ReasonKind.HostBooked);
        (two with { Type = CalendarType.RoundRobin }).Check("2025-01-15T10:00", 60).Hosts.Should().ContainSingle(h => h.Id == Given.Ben);
    }

    [Fact]
    public void S95_A_moved_appointment_may_overlap_its_own_old_time()
    {
        var old = Given.Booked("2025-01-15T10:00", 60);
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 30), Before, old);

        input.WhyNot("2025-01-15T10:30").Should().Equal(ReasonKind.HostBooked);
        (input with { ExcludedAppointments = new HashSet<Guid> { old.AppointmentId } }).WhyNot("2025-01-15T10:30").Should().BeEmpty();
    }
}
