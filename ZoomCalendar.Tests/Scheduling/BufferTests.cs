using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class BufferTests
{
    private const string Before = "2025-01-14T00:00";

    [Theory]
    [InlineData(0, 0, 0, 0, "11:00", null)]
    [InlineData(0, 0, 0, 15, "11:00", ReasonKind.Buffer)]
    [InlineData(0, 0, 0, 15, "11:15", null)]
    [InlineData(30, 0, 0, 15, "11:15", ReasonKind.Buffer)]
    [InlineData(30, 0, 0, 15, "11:30", null)]
    [InlineData(0, 0, 15, 0, "09:00", ReasonKind.Buffer)]
    [InlineData(0, 0, 15, 0, "08:45", null)]
    [InlineData(0, 30, 15, 0, "08:45", ReasonKind.Buffer)]
    [InlineData(0, 30, 15, 0, "08:30", null)]
    [InlineData(0, 0, 0, 0, "10:45", ReasonKind.HostBooked)]
    [InlineData(0, 0, 0, 0, "09:15", ReasonKind.HostBooked)]
    public void The_larger_of_two_buffers_separates_two_appointments(
        int before, int after, int takenBefore, int takenAfter, string start, ReasonKind? reason)
    {
        var taken = Given.Booked("2025-01-15T10:00", 60, Given.OtherCalendar, before: takenBefore, after: takenAfter);
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 15, before, after), Before, taken);

        input.WhyNot($"2025-01-15T{start}").Should().Equal(reason is null ? [] : [reason.Value]);
    }

    [Fact]
    public void Seats_of_one_slot_have_no_buffer_between_them()
    {
        var taken = Given.Booked("2025-01-15T10:00", 60, before: 30, after: 30);
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 60, 30, 30, seats: 2), Before, taken);

        input.WhyNot("2025-01-15T10:00").Should().BeEmpty();
        input.WhyNot("2025-01-15T11:00").Should().Equal(ReasonKind.Buffer);
    }

    [Fact]
    public void A_seat_longer_than_the_slot_still_shares_it_but_not_with_the_next_appointment()
    {
        var (seat, next) = (Given.Booked("2025-01-15T10:00", 30), Given.Booked("2025-01-15T10:30", 30, Given.OtherCalendar));
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(30, 30, seats: 3), Before, seat, next);

        input.WhyNot("2025-01-15T10:00").Should().BeEmpty();
        input.WhyNot("2025-01-15T10:00", 45).Should().BeEquivalentTo([ReasonKind.WrongLength, ReasonKind.HostBooked]);
    }

    [Fact]
    public void Lengthening_into_another_appointment_is_refused()
    {
        var (mine, next) = (Given.Booked("2025-01-15T10:00", 30), Given.Booked("2025-01-15T11:00", 30));
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(30, 30), "2025-01-15T10:10", mine, next) with
        {
            ExcludedAppointments = new HashSet<Guid> { mine.AppointmentId },
        };

        BookingCheck.CheckLengthening(input, mine.Start, Duration.FromMinutes(60), Given.Ada).Should().BeEmpty();
        BookingCheck.CheckLengthening(input, mine.Start, Duration.FromMinutes(61), Given.Ada).Kinds().Should().Equal(ReasonKind.HostBooked);
        BookingCheck.CheckLengthening(input, mine.Start, Duration.FromHours(25), Given.Ada).Should().NotBeEmpty();
    }

    [Fact]
    public void Only_a_double_book_exceeds_seats_or_overlaps()
    {
        var taken = Given.Booked("2025-01-15T10:00", 60);
        var input = Given.Personal(Availability.Always("UTC"), SlotRules.OfMinutes(60, 30), Before, taken);

        input.Check("2025-01-15T10:00", 60, BookingOverride.Staff).Reasons.Kinds().Should().Equal(ReasonKind.SeatsTaken);
        input.Check("2025-01-15T10:30", 60, BookingOverride.Staff).Reasons.Kinds().Should().Equal(ReasonKind.HostBooked);
        input.Check("2025-01-15T10:00", 60, BookingOverride.DoubleBook).IsAllowed.Should().BeTrue();
        input.Check("2025-01-15T10:30", 60, BookingOverride.DoubleBook).IsAllowed.Should().BeTrue();
    }
}
