using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

public abstract class BookingTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private TestTenant _tenant = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_booking_requests_a_link_and_writes_one_event()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);

        var id = await _tenant.BookedAsync(calendar, Ten);

        var appointment = await _tenant.AppointmentAsync(id);
        var meeting = (await _tenant.MeetingsAsync()).Single();
        appointment.SlotMeetingId.Should().Be(meeting.Id);
        appointment.HostId.Should().Be(_ben);
        appointment.End.Should().Be(Ten.AddMinutes(30));
        meeting.State.Should().Be(SlotMeetingState.Wanted);
        meeting.WaitingFor.Should().Be(WaitingFor.Connection);
        (await _tenant.EventsAsync()).Should().Equal(EventKind.AppointmentBooked);
    }

    [DatabaseFact]
    public async Task The_hosts_connection_in_this_sub_account_serves_the_meeting()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.ConnectAsync(_ben, "key-of-ben");

        await _tenant.BookedAsync(calendar, Ten);

        var meeting = (await _tenant.MeetingsAsync()).Single();
        meeting.ZoomUserKey.Should().Be("key-of-ben");
        meeting.NextActionAt.Should().Be(_tenant.Now);
    }

    [DatabaseFact]
    public async Task S62_A_second_person_in_the_slot_shares_its_meeting()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });

        var first = await _tenant.BookedAsync(calendar, Ten);
        var second = await _tenant.BookedAsync(calendar, Ten);

        var meeting = (await _tenant.MeetingsAsync()).Single();
        (await _tenant.AppointmentAsync(first)).SlotMeetingId.Should().Be(meeting.Id);
        (await _tenant.AppointmentAsync(second)).SlotMeetingId.Should().Be(meeting.Id);
    }

    [DatabaseFact]
    public async Task S63_A_booking_that_names_only_the_time_joins_the_slot()
    {
        var cleo = await _tenant.UserAsync("cleo-63");
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, cleo], new BookingRules { Seats = 3 });
        var first = await _tenant.BookedAsync(calendar, Ten, builder => builder.Request = builder.Request with { HostId = cleo });

        var second = await _tenant.BookedAsync(calendar, Ten);

        (await _tenant.AppointmentAsync(second)).SlotMeetingId.Should().Be((await _tenant.AppointmentAsync(first)).SlotMeetingId);
        (await _tenant.MeetingsAsync()).Should().ContainSingle();
    }

    [DatabaseFact]
    public async Task Lengthening_needs_no_override_and_stops_at_the_next_appointment()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var id = await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten.AddHours(1));

        var outcome = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Ten) { LengthMinutes = 45 }, _tenant.AsAdmin, _tenant.Now, default);
        var tooLong = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Ten) { LengthMinutes = 75 }, _tenant.AsAdmin, _tenant.Now, default);

        outcome.Succeeded.Should().BeTrue();
        tooLong.Refusal.Should().Be(Refusal.Taken);
        (await _tenant.AppointmentAsync(id)).Length.Should().Be(TimeSpan.FromMinutes(45));
        (await _tenant.MeetingsAsync()).Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task S65_A_full_slot_is_refused_with_the_nearest_free_ones()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 2 });
        await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten);

        var third = await _tenant.BookAsync(calendar, Ten);

        third.Refusal.Should().Be(Refusal.Taken);
        third.ForStaff.Text.Should().StartWith("This time was just taken.");
        third.Nearest.Should().Contain(Ten.AddMinutes(-30)).And.Contain(Ten.AddMinutes(30));
        (await _tenant.EventsAsync()).Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task S81_A_cancelled_seat_is_offered_again()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 2 });
        await _tenant.BookedAsync(calendar, Ten);
        var second = await _tenant.BookedAsync(calendar, Ten);
        (await SeatsLeftAsync(calendar)).Should().Be(0);

        await _tenant.CancelAsync(second);

        (await SeatsLeftAsync(calendar)).Should().Be(1);
    }

    [DatabaseFact]
    public async Task S94_A_booked_host_is_not_free_on_other_calendars_or_in_other_sub_accounts()
    {
        var other = await TestTenant.CreateAsync(_tenant.Database, "other");
        await other.JoinAsync(_ben);
        var here = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var there = await other.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(here, Ten);

        var outcome = await other.BookAsync(there, Ten);

        outcome.Refusal.Should().Be(Refusal.Taken);
        outcome.ForStaff.Text.Should().NotContain("Jo Field");
    }

    [DatabaseFact]
    public async Task S94_A_collective_calendar_takes_every_member_s_time()
    {
        var cleo = await _tenant.UserAsync("cleo");
        var together = await _tenant.CalendarAsync(CalendarType.Collective, [_ben, cleo]);
        var cleos = await _tenant.CalendarAsync(CalendarType.Personal, [cleo]);

        await _tenant.BookedAsync(together, Ten);

        (await _tenant.BookAsync(cleos, Ten)).Refusal.Should().Be(Refusal.Taken);
        await _tenant.BookedAsync(cleos, Ten.AddHours(1));
        (await _tenant.BookAsync(together, Ten.AddHours(1))).Refusal.Should().Be(Refusal.Taken);
    }

    [DatabaseFact]
    public async Task A_round_robin_fills_a_started_slot_before_it_opens_another_host_s()
    {
        var cleo = await _tenant.UserAsync("cleo");
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, cleo], new BookingRules { Seats = 2 });

        var hosts = new List<UserId?>();
        for (var seat = 0; seat < 4; seat++)
        {
            hosts.Add((await _tenant.AppointmentAsync(await _tenant.BookedAsync(calendar, Ten))).HostId);
        }

        hosts[0].Should().Be(hosts[1]);
        hosts[2].Should().Be(hosts[3]).And.NotBe(hosts[0]);
        (await _tenant.BookAsync(calendar, Ten)).Refusal.Should().Be(Refusal.Taken);
    }

    [DatabaseFact]
    public async Task S38_A_day_limit_counts_the_calendar_s_active_appointments()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], new BookingRules { DayLimit = 1 });
        var first = await _tenant.BookedAsync(calendar, Ten);

        (await _tenant.BookAsync(calendar, Ten.AddHours(1))).Refusal.Should().Be(Refusal.Taken);
        await _tenant.BookedAsync(calendar, Ten.AddDays(1));
        await _tenant.CancelAsync(first);
        await _tenant.BookedAsync(calendar, Ten.AddHours(1));
    }

    [DatabaseFact]
    public async Task A_day_limit_counts_the_days_of_the_calendars_zone()
    {
        // Midnight in Auckland is 11:00 UTC in March.
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Personal, [_ben], new BookingRules { DayLimit = 1 }, change: row => row.TimeZone = "Pacific/Auckland");

        await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten.AddHours(1));

        (await _tenant.BookAsync(calendar, Ten.AddDays(1))).Refusal.Should()
            .Be(Refusal.Taken, "ten o'clock tomorrow in UTC is still the same day in Auckland");
    }

    [DatabaseFact]
    public async Task One_address_has_one_seat_in_public_and_as_many_as_staff_and_programs_book()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], new BookingRules { Seats = 4 });
        var first = await _tenant.BookedAsync(calendar, Ten, FromPublic);

        var again = await _tenant.BookAsync(calendar, Ten, FromPublic);
        await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten, booking => booking.Request = booking.Request with { Source = BookingSource.Api });

        (again.IsAlreadyBooked, again.AppointmentId).Should().Be((true, first));
        (await _tenant.Database.ReadAsync(db => db.Appointments.CountAsync())).Should().Be(3);

        static void FromPublic(BookRequestBuilder booking) => booking.Request = booking.Request with { Source = BookingSource.Public };
    }

    [DatabaseFact]
    public async Task An_event_calendar_has_seats_and_no_host_and_never_Zoom()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Event, [], new BookingRules { Seats = 2 });

        var id = await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten);

        (await _tenant.AppointmentAsync(id)).HostId.Should().BeNull();
        (await _tenant.BookAsync(calendar, Ten)).Refusal.Should().Be(Refusal.Taken);
        (await _tenant.MeetingsAsync()).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task S34_A_time_in_the_past_or_beyond_the_horizon_is_refused()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], new BookingRules { HorizonDays = 10 });

        (await _tenant.BookAsync(calendar, TestTenant.Monday.AddHours(-1))).Refusal.Should().Be(Refusal.NotOffered);
        (await _tenant.BookAsync(calendar, Ten.AddDays(11))).Refusal.Should().Be(Refusal.NotOffered);
    }

    [DatabaseFact]
    public async Task The_same_submission_sent_twice_books_once()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var submit = Guid.NewGuid();

        var first = await _tenant.BookedAsync(calendar, Ten, builder => builder.Request = builder.Request with { SubmitId = submit });
        var second = await _tenant.BookedAsync(calendar, Ten, builder => builder.Request = builder.Request with { SubmitId = submit });

        second.Should().Be(first);
    }

    [DatabaseFact]
    public async Task A_user_can_book_only_for_themselves()
    {
        var cleo = await _tenant.UserAsync("cleo");
        var bens = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);

        (await _tenant.BookAsync(bens, Ten, actor: _tenant.As(cleo))).Refusal.Should().Be(Refusal.Forbidden);
        (await _tenant.BookAsync(bens, Ten, actor: _tenant.As(_ben))).Succeeded.Should().BeTrue();
    }

    [DatabaseFact]
    public async Task S105_Another_sub_account_s_calendar_or_appointment_is_not_found_and_a_colleague_s_is_forbidden()
    {
        var other = await TestTenant.CreateAsync(_tenant.Database, "other");
        var cleo = await _tenant.UserAsync("cleo");
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var id = await _tenant.BookedAsync(calendar, Ten);

        (await other.BookAsync(calendar, Ten.AddHours(1))).Refusal.Should().Be(Refusal.NotFound);
        (await other.CancelAsync(id)).Refusal.Should().Be(Refusal.NotFound);
        (await _tenant.CancelAsync(AppointmentId.New(Ten))).Refusal.Should().Be(Refusal.NotFound);
        (await _tenant.CancelAsync(id, _tenant.As(cleo))).Refusal.Should().Be(Refusal.Forbidden);
    }

    [DatabaseFact]
    public async Task A_removed_member_can_do_nothing_in_a_tab_that_is_still_open()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var id = await _tenant.BookedAsync(calendar, Ten);
        var stale = _tenant.As(_ben);
        await _tenant.Database.WriteAsync(async db => db.Memberships.Remove((await db.Memberships.FindAsync(_tenant.SubAccount, _ben))!));

        (await _tenant.BookAsync(calendar, Ten.AddHours(1), actor: stale)).Refusal.Should().Be(Refusal.NotFound);
        (await _tenant.CancelAsync(id, stale)).Refusal.Should().Be(Refusal.Forbidden);
    }

    [DatabaseFact]
    public async Task An_admin_s_double_book_exceeds_the_seats_and_shares_the_link_or_overlaps_with_a_slot_of_its_own()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(calendar, Ten);

        await _tenant.BookedAsync(calendar, Ten, DoubleBook);
        await _tenant.BookedAsync(calendar, Ten.AddMinutes(15), DoubleBook);

        (await _tenant.MeetingsAsync()).Select(meeting => meeting.Start).Should().Equal(Ten, Ten.AddMinutes(15));
        (await _tenant.BookAsync(calendar, Ten.AddHours(5), DoubleBook, _tenant.As(_ben))).Refusal.Should().Be(Refusal.Forbidden);
    }

    [DatabaseTheory]
    [InlineData("", "", "jo@example.test")]
    [InlineData("Jo", "", "not an address")]
    [InlineData("Jo", "", "jo@example.test\r\nBcc: all@example.test")]
    public async Task Invalid_input_is_refused_with_a_sentence_and_changes_nothing(string name, string title, string email)
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);

        var outcome = await _tenant.BookAsync(calendar, Ten, builder =>
            builder.Request = builder.Request with { Title = title, Booker = new Booker { Name = name, Email = email } });

        outcome.Refusal.Should().Be(Refusal.Invalid);
        outcome.ForStaff.Text.Should().NotBeEmpty();
        (await _tenant.EventsAsync()).Should().BeEmpty();
    }

    private static void DoubleBook(BookRequestBuilder builder) =>
        builder.Request = builder.Request with { Override = BookingOverride.DoubleBook | BookingOverride.Hours };

    private async Task<int> SeatsLeftAsync(CalendarId calendar)
    {
        var slots = await _tenant.FreeSlots.FindAsync(
            calendar, Ten, Ten.AddMinutes(1), null, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        return slots.Sum(slot => slot.SeatsLeft);
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteBookingTests() : BookingTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlBookingTests() : BookingTests(DatabaseProvider.PostgreSql);
