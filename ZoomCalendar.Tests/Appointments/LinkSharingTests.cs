using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

/// <summary>The slot meetings that bookings write. Other tests check Zoom's state against the sandbox.</summary>
public abstract class LinkSharingTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private TestTenant _tenant = null!;
    private UserId _ben;
    private CalendarId _class;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _class = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });
        await _tenant.ConnectAsync(_ben, "key");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task An_appointment_cancelled_before_its_creation_was_sent_needs_no_request()
    {
        var id = await _tenant.BookedAsync(_class, Ten);

        await _tenant.CancelAsync(id);

        var meeting = (await _tenant.MeetingsAsync()).Single();
        meeting.State.Should().Be(SlotMeetingState.Dropped);
        meeting.NextActionAt.Should().BeNull();
        (await _tenant.AppointmentAsync(id)).SlotMeetingId.Should().BeNull();
    }

    [DatabaseFact]
    public async Task S107_The_link_stays_while_others_of_the_slot_use_it()
    {
        var first = await _tenant.BookedAsync(_class, Ten);
        var second = await _tenant.BookedAsync(_class, Ten);

        await _tenant.CancelAsync(first);

        var meeting = (await _tenant.MeetingsAsync()).Single();
        meeting.State.Should().Be(SlotMeetingState.Wanted);
        (await _tenant.AppointmentAsync(second)).SlotMeetingId.Should().Be(meeting.Id);
    }

    [DatabaseFact]
    public async Task S69_One_of_two_moving_away_gets_a_new_meeting_and_the_other_keeps_the_old()
    {
        var stays = await _tenant.BookedAsync(_class, Ten);
        var moves = await _tenant.BookedAsync(_class, Ten);

        (await _tenant.MoveAsync(moves, Ten.AddHours(1))).Succeeded.Should().BeTrue();

        var meetings = await _tenant.MeetingsAsync();
        meetings.Should().HaveCount(2).And.OnlyContain(meeting => meeting.State == SlotMeetingState.Wanted);
        (await _tenant.AppointmentAsync(stays)).SlotMeetingId.Should().Be(meetings[0].Id);
        (await _tenant.AppointmentAsync(moves)).SlotMeetingId.Should().Be(meetings[1].Id);
    }

    [DatabaseFact]
    public async Task Rescheduled_into_a_slot_with_a_meeting_shares_that_one()
    {
        var there = await _tenant.BookedAsync(_class, Ten);
        var moves = await _tenant.BookedAsync(_class, Ten.AddHours(1));

        await _tenant.MoveAsync(moves, Ten);

        (await _tenant.AppointmentAsync(moves)).SlotMeetingId.Should().Be((await _tenant.AppointmentAsync(there)).SlotMeetingId);
        (await _tenant.MeetingsAsync()).Select(meeting => meeting.State).Should().Equal(SlotMeetingState.Wanted, SlotMeetingState.Dropped);
    }

    [DatabaseFact]
    public async Task A_restored_appointment_gets_a_new_meeting()
    {
        var id = await _tenant.BookedAsync(_class, Ten);
        var old = (await _tenant.MeetingsAsync()).Single();
        await _tenant.CancelAsync(id);

        await _tenant.Book.SetStatusAsync(id, null, AppointmentStatus.Confirmed, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        (await _tenant.AppointmentAsync(id)).SlotMeetingId.Should().NotBeNull().And.NotBe(old.Id);
    }

    [DatabaseFact]
    public async Task Another_host_is_another_slot()
    {
        var cleo = await _tenant.UserAsync("cleo");
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, cleo]);
        var id = await _tenant.BookedAsync(calendar, Ten, builder => builder.Request = builder.Request with { HostId = _ben });

        (await _tenant.MoveAsync(id, Ten, cleo)).Succeeded.Should().BeTrue();

        var appointment = await _tenant.AppointmentAsync(id);
        var current = (await _tenant.MeetingsAsync()).Single(meeting => meeting.State == SlotMeetingState.Wanted);
        appointment.HostId.Should().Be(cleo);
        current.HostId.Should().Be(cleo);
        appointment.SlotMeetingId.Should().Be(current.Id);
    }

    [DatabaseFact]
    public async Task S95_A_booking_may_overlap_its_own_old_time_when_it_moves()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], new BookingRules
        {
            LengthMinutes = 60,
            IntervalMinutes = 15,
        });
        var id = await _tenant.BookedAsync(calendar, Ten);

        (await _tenant.MoveAsync(id, Ten.AddMinutes(15))).Succeeded.Should().BeTrue();
    }

    [DatabaseFact]
    public async Task S75_A_slot_of_three_does_not_move_into_two_seats_and_nothing_changes()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await _tenant.BookedAsync(_class, Ten);
        }

        await _tenant.BookedAsync(_class, Ten.AddHours(1));
        var before = await _tenant.MeetingsAsync();

        var outcome = await _tenant.Book.MoveSlotAsync(
            new Slot(_class, _ben, Ten), Ten.AddHours(1), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        outcome.Refusal.Should().Be(Refusal.Taken);
        (await _tenant.MeetingsAsync()).Should().BeEquivalentTo(before);
    }

    [DatabaseFact]
    public async Task A_slot_moves_as_a_whole_and_shares_one_new_meeting()
    {
        var first = await _tenant.BookedAsync(_class, Ten);
        var second = await _tenant.BookedAsync(_class, Ten);

        var outcome = await _tenant.Book.MoveSlotAsync(
            new Slot(_class, _ben, Ten), Ten.AddHours(1), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        outcome.ForStaff.Text.Should().BeEmpty();
        (await _tenant.AppointmentAsync(first)).SlotMeetingId.Should().Be((await _tenant.AppointmentAsync(second)).SlotMeetingId)
            .And.NotBeNull();
        (await _tenant.MeetingsAsync()).Select(meeting => meeting.State).Should().Equal(SlotMeetingState.Dropped, SlotMeetingState.Wanted);
    }

    [DatabaseFact]
    public async Task A_slot_moves_by_less_than_its_length()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules
        {
            LengthMinutes = 60,
            IntervalMinutes = 30,
            Seats = 2,
        });
        await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten);

        var outcome = await _tenant.Book.MoveSlotAsync(
            new Slot(calendar, _ben, Ten), Ten.AddMinutes(30), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        outcome.ForStaff.Text.Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_host_who_left_the_calendar_stays_busy_during_an_edited_appointment()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben]);
        var others = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var id = await _tenant.BookedAsync(calendar, Ten);
        await _tenant.Database.WriteAsync(async db => db.CalendarMembers.Remove((await db.CalendarMembers.FindAsync(calendar, _ben))!));

        (await EditAsync(id, 20)).Succeeded.Should().BeTrue();

        (await _tenant.BookAsync(others, Ten)).Refusal.Should().Be(Refusal.Taken);
    }

    [DatabaseFact]
    public async Task An_appointment_moved_onto_another_by_override_is_double_booked()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(calendar, Ten);
        var id = await _tenant.BookedAsync(calendar, Ten.AddHours(1));

        var outcome = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Ten.AddMinutes(15)) { Override = BookingOverride.DoubleBook | BookingOverride.Hours },
            _tenant.AsAdmin,
            _tenant.Now,
            CancellationToken.None);

        outcome.ForStaff.Text.Should().BeEmpty();
        (await _tenant.AppointmentAsync(id)).DoubleBook.Should().BeTrue();
    }

    [DatabaseFact]
    public async Task The_last_appointment_of_an_unmanaged_meeting_drops_the_link_and_the_host_is_asked_to_delete_it()
    {
        var first = await _tenant.BookedAsync(_class, Ten);
        var second = await _tenant.BookedAsync(_class, Ten);
        await _tenant.Database.WriteAsync(async db =>
        {
            var meeting = await db.SlotMeetings.SingleAsync();
            meeting.RecordCreated(81, "uuid", "https://zoom.test/j/81", null, null, _tenant.Now);
            meeting.MarkUnmanaged();
        });

        await _tenant.CancelAsync(first);
        var between = (await _tenant.MeetingsAsync()).Single().State;
        await _tenant.CancelAsync(second);

        between.Should().Be(SlotMeetingState.Live);
        (await _tenant.MeetingsAsync()).Single().State.Should()
            .Be(SlotMeetingState.Unwanted, "reconnecting takes the waiting deletion up again");
        var notices = await new NoticeReader(_tenant.Database).ReadAsync(_tenant.As(_ben), _tenant.Now, CancellationToken.None);
        notices.Entries.Should().ContainSingle().Which.Detail.Should().Contain("Its host has to delete it there.");
    }

    [DatabaseFact]
    public async Task S77_A_slot_cancelled_as_a_whole_drops_its_link_once()
    {
        await _tenant.BookedAsync(_class, Ten);
        await _tenant.BookedAsync(_class, Ten);

        await _tenant.Book.CancelSlotAsync(new Slot(_class, _ben, Ten), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        (await _tenant.EventsAsync()).Count(kind => kind == EventKind.AppointmentCancelled).Should().Be(2);
        (await _tenant.EventsAsync()).Count(kind => kind == EventKind.LinkDropped).Should().Be(1);
    }

    [DatabaseFact]
    public async Task Switching_to_the_present_location_releases_the_link_like_a_cancellation()
    {
        var id = await _tenant.BookedAsync(_class, Ten);
        await _tenant.Database.WriteAsync(async db =>
        {
            var member = (await db.CalendarMembers.FindAsync(_class, _ben))!;
            member.Location = new MeetingLocation(MeetingLocationKind.Phone, "+1 555 0100");
        });

        await _tenant.Book.SwitchLocationAsync(id, null, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        (await _tenant.AppointmentAsync(id)).Location.Detail.Should().Be("+1 555 0100");
        (await _tenant.MeetingsAsync()).Single().State.Should().Be(SlotMeetingState.Dropped);
    }

    [DatabaseFact]
    public async Task Lengthening_into_another_appointment_is_refused()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var id = await _tenant.BookedAsync(calendar, Ten);
        await _tenant.BookedAsync(calendar, Ten.AddMinutes(30));

        var outcome = await EditAsync(id, 45);

        outcome.Refusal.Should().Be(Refusal.Taken);
        (await _tenant.AppointmentAsync(id)).Length.Should().Be(TimeSpan.FromMinutes(30));
    }

    [DatabaseFact]
    public async Task The_later_of_two_concurrent_edits_is_refused_and_none_is_lost()
    {
        var id = await _tenant.BookedAsync(_class, Ten);
        (await EditAsync(id, 30, "First")).Succeeded.Should().BeTrue();

        var second = await EditAsync(id, 30, "Second");

        second.Refusal.Should().Be(Refusal.Changed);
        (await _tenant.AppointmentAsync(id)).Title.Should().Be("First");
    }

    private Task<BookingOutcome> EditAsync(AppointmentId id, int minutes, string title = "Intro") => _tenant.Book.EditAsync(
        new EditRequest(id, 0) { Title = title, Booker = new Booker { Name = "Jo Field" }, LengthMinutes = minutes },
        _tenant.AsAdmin,
        _tenant.Now,
        CancellationToken.None);
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteLinkSharingTests() : LinkSharingTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlLinkSharingTests() : LinkSharingTests(DatabaseProvider.PostgreSql);
