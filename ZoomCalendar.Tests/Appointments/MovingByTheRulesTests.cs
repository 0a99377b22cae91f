using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

/// <summary>An appointment keeps its length when it is moved; every other rule of its calendar binds as for a booking.</summary>
public abstract class MovingByTheRulesTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    private TestTenant _tenant = null!;
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_hour_on_a_calendar_that_is_now_of_half_hours_cannot_be_moved_to_a_closed_or_odd_time(bool byStaff)
    {
        var (_, id) = await HourOnHalfHoursAsync();

        foreach (var minutes in new[] { (3 * 60) + 7, (10 * 60) + 7, (17 * 60) + 30, 8 * 60 })
        {
            (await MoveAsync(id, Tuesday.AddMinutes(minutes), byStaff)).Refusal.Should()
                .Be(Refusal.NotOffered, "it is asked for {0} minutes after midnight", minutes);
        }

        (await MoveAsync(id, Tuesday.AddHours(17), byStaff)).Succeeded.Should().BeTrue();
        (await _tenant.AppointmentAsync(id)).Length.Should().Be(TimeSpan.FromHours(1));
    }

    [DatabaseFact]
    public async Task The_times_offered_for_an_hour_are_those_where_an_hour_fits()
    {
        var (calendar, id) = await HourOnHalfHoursAsync();
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(12.5));

        var offered = await OfferedAsync(id, Tuesday, Tuesday.AddDays(1), Booker);

        offered.Should().NotContain(Tuesday.AddHours(12)).And.NotContain(Tuesday.AddHours(17.5));
        offered.Should().Contain(Tuesday.AddHours(11.5)).And.Contain(Tuesday.AddHours(13))
            .And.HaveElementAt(offered.Count - 1, Tuesday.AddHours(17));
    }

    [DatabaseFact]
    public async Task The_free_times_near_a_refused_one_are_free_for_the_appointments_own_length()
    {
        var (calendar, id) = await HourOnHalfHoursAsync();
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(12.5));

        var refused = await MoveAsync(id, Tuesday.AddHours(12.5), byStaff: false);

        refused.Nearest.Should().Equal(Tuesday.AddHours(11.5), Tuesday.AddHours(13), Tuesday.AddHours(13.5));
    }

    [DatabaseFact]
    public async Task With_a_cut_off_of_a_day_no_earlier_time_is_offered_for_a_move()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], new BookingRules { CutOffMinutes = 24 * 60 });
        var id = await _tenant.BookedAsync(calendar, TestTenant.Monday.AddDays(3));

        var offered = await OfferedAsync(id, _tenant.Now, _tenant.Now.AddDays(2), Booker);

        offered.Should().HaveElementAt(0, _tenant.Now.AddDays(1));
        (await MoveAsync(id, _tenant.Now.AddHours(23.5), byStaff: false)).Refusal.Should().Be(Refusal.NotOffered);
        (await OfferedAsync(id, _tenant.Now, _tenant.Now.AddDays(2), _tenant.AsAdmin)).Should()
            .HaveElementAt(0, _tenant.Now, "staff are not bound by it");
    }

    [DatabaseFact]
    public async Task A_customer_cannot_choose_another_length()
    {
        var (_, id) = await HourOnHalfHoursAsync();

        var outcome = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Tuesday.AddHours(11)) { LengthMinutes = 30 }, Booker, _tenant.Now, default);

        outcome.Refusal.Should().Be(Refusal.NotOffered);
    }

    [DatabaseFact]
    public async Task A_customer_who_sends_the_same_move_twice_has_moved_once()
    {
        var (_, id) = await HourOnHalfHoursAsync();
        await MoveAsync(id, Tuesday.AddHours(11), byStaff: false);
        var (version, events) = ((await _tenant.AppointmentAsync(id)).Version, await _tenant.EventsAsync());

        (await MoveAsync(id, Tuesday.AddHours(11), byStaff: false)).Succeeded.Should().BeTrue();
        (await MoveAsync(id, Tuesday.AddHours(11), byStaff: true)).Succeeded.Should().BeTrue();

        (await _tenant.AppointmentAsync(id)).Version.Should().Be(version);
        (await _tenant.EventsAsync()).Should().Equal(events);
    }

    [DatabaseFact]
    public async Task A_whole_slot_moves_by_the_rules_too_unless_staff_set_them_aside()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 }, change: NineToSix);
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        var slot = new Slot(calendar, _ben, Tuesday.AddHours(10));

        (await _tenant.Book.MoveSlotAsync(slot, Tuesday.AddMinutes(187), _tenant.AsAdmin, _tenant.Now, default)).Refusal.Should()
            .Be(Refusal.NotOffered);

        (await _tenant.Book.MoveSlotAsync(slot, Tuesday.AddHours(11), _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should().BeTrue();
    }

    [DatabaseFact]
    public async Task A_customer_cannot_move_on_an_archived_calendar_and_staff_can()
    {
        var (calendar, id) = await HourOnHalfHoursAsync();
        await ChangeAsync(calendar, row => row.Archive());

        (await OfferedAsync(id, Tuesday, Tuesday.AddDays(1), Booker)).Should().BeEmpty();
        (await MoveAsync(id, Tuesday.AddHours(11), byStaff: false)).Refusal.Should().Be(Refusal.NotOffered);

        (await OfferedAsync(id, Tuesday, Tuesday.AddDays(1), _tenant.AsAdmin)).Should().Contain(Tuesday.AddHours(11));
        (await MoveAsync(id, Tuesday.AddHours(11), byStaff: true)).Succeeded.Should().BeTrue();
    }

    [DatabaseFact]
    public async Task A_moved_appointment_keeps_the_distance_that_its_calendar_asks_for_now()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var other = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var id = await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        await ChangeAsync(calendar, row => row.Rules = row.Rules with { BufferAfterMinutes = 30 });

        await MoveAsync(id, Tuesday.AddHours(12), byStaff: false);

        (await _tenant.BookAsync(other, Tuesday.AddHours(12.5))).Refusal.Should().Be(Refusal.Taken);
        await _tenant.BookedAsync(other, Tuesday.AddHours(13));
    }

    [DatabaseFact]
    public async Task An_appointment_can_be_lengthened_though_its_calendar_wants_larger_gaps_since_then()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(9.5));
        var id = await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(11));
        await ChangeAsync(calendar, row => row.Rules = row.Rules with { BufferBeforeMinutes = 30, BufferAfterMinutes = 30 });

        var longer = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Tuesday.AddHours(10)) { LengthMinutes = 60 }, _tenant.AsAdmin, _tenant.Now, default);
        var tooLong = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Tuesday.AddHours(10)) { LengthMinutes = 65 }, _tenant.AsAdmin, _tenant.Now, default);

        (longer.Refusal, tooLong.Refusal).Should().Be((null, Refusal.Taken));
    }

    [DatabaseTheory]
    [InlineData(CalendarType.Personal)]
    [InlineData(CalendarType.ClassBooking)]
    [InlineData(CalendarType.Collective)]
    [InlineData(CalendarType.RoundRobin)]
    public async Task After_the_owner_changed_a_customer_moves_to_the_present_host_and_gets_that_hosts_link(CalendarType type)
    {
        var (calendar, id) = await OwnerChangedAsync(type);
        var offered = await OfferedAsync(id, Tuesday, Tuesday.AddDays(1), Booker);

        offered.Should().Contain(Tuesday.AddHours(12));
        (await MoveAsync(id, Tuesday.AddHours(12), byStaff: false)).Refusal.Should().BeNull();

        var moved = await _tenant.AppointmentAsync(id);
        moved.HostId.Should().Be(_cleo);
        (await _tenant.MeetingsAsync()).Where(meeting => meeting.IsCurrent).Should().ContainSingle(meeting => meeting.ZoomUserKey == "cleos"
            && meeting.Id == moved.SlotMeetingId);
        var told = await _tenant.Database.ReadAsync(db => db.Events.SingleAsync(row => row.Kind == EventKind.AppointmentMoved));
        (told.FormerUserId, told.UserId).Should().Be((_ben, _cleo));
    }

    [DatabaseTheory]
    [InlineData(CalendarType.Personal)]
    [InlineData(CalendarType.ClassBooking)]
    [InlineData(CalendarType.Collective)]
    [InlineData(CalendarType.RoundRobin)]
    public async Task Set_back_to_confirmed_after_the_owner_changed_it_goes_to_the_present_host(CalendarType type)
    {
        var (_, id) = await OwnerChangedAsync(type);
        await _tenant.CancelAsync(id);

        (await _tenant.Book.SetStatusAsync(id, null, AppointmentStatus.Confirmed, _tenant.AsAdmin, _tenant.Now, default)).Refusal.Should()
            .BeNull();

        var back = await _tenant.AppointmentAsync(id);
        (back.HostId, back.IsActive).Should().Be((_cleo, true));
        (await _tenant.MeetingsAsync()).Where(meeting => meeting.IsCurrent).Should().ContainSingle(meeting => meeting.ZoomUserKey == "cleos"
            && meeting.Id == back.SlotMeetingId);
    }

    [DatabaseTheory]
    [InlineData(AppointmentStatus.Confirmed, true)]
    [InlineData(AppointmentStatus.Cancelled, true)]
    [InlineData(AppointmentStatus.Confirmed, false)]
    public async Task A_program_that_sends_back_the_former_host_with_a_new_time_gets_the_present_one(
        AppointmentStatus before, bool namesHost)
    {
        var (_, id) = await OwnerChangedAsync(CalendarType.Personal);
        if (before is AppointmentStatus.Cancelled)
        {
            await _tenant.CancelAsync(id);
        }

        var request = new ChangeRequest(id, null)
        {
            Start = Tuesday.AddHours(12),
            HostId = namesHost ? _ben : null,
            Status = AppointmentStatus.Confirmed,
        };
        (await _tenant.Book.ChangeAsync(request, _tenant.AsAdmin, _tenant.Now, default)).Refusal.Should().BeNull();

        var moved = await _tenant.AppointmentAsync(id);
        (moved.HostId, moved.Start, moved.IsActive).Should().Be((_cleo, Tuesday.AddHours(12), true));
    }

    [DatabaseFact]
    public async Task A_whole_slot_of_a_former_owner_moves_to_the_present_one()
    {
        var (calendar, id) = await OwnerChangedAsync(CalendarType.ClassBooking);

        (await _tenant.Book.MoveSlotAsync(
            new Slot(calendar, _ben, Tuesday.AddHours(10)),
            Tuesday.AddHours(12),
            _tenant.AsAdmin,
            _tenant.Now,
            default)).Refusal.Should().BeNull();

        (await _tenant.AppointmentAsync(id)).HostId.Should().Be(_cleo);
    }

    [DatabaseFact]
    public async Task An_appointment_of_a_former_owner_can_be_lengthened_up_to_that_owners_next_one()
    {
        var (_, id) = await OwnerChangedAsync(CalendarType.Personal);
        var bens = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(bens, Tuesday.AddHours(11));

        var longer = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Tuesday.AddHours(10)) { LengthMinutes = 60 }, _tenant.AsAdmin, _tenant.Now, default);
        var tooLong = await _tenant.Book.MoveAsync(
            new MoveRequest(id, null, Tuesday.AddHours(10)) { LengthMinutes = 75 }, _tenant.AsAdmin, _tenant.Now, default);

        (longer.Refusal, tooLong.Refusal).Should().Be((null, Refusal.Taken));
    }

    [DatabaseFact]
    public async Task Moving_a_whole_slot_to_its_own_time_keeps_the_waiting_list_and_sends_nothing()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 1 });
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        await _tenant.WaitingList.JoinAsync(
            new Core.Appointments.Waiting.JoinRequest(Core.Ids.WaitingId.New(_tenant.Now), calendar, Tuesday.AddHours(10))
            {
                Booker = new Booker { Name = "Lu", Email = "lu@example.test" },
            },
            Booker, _tenant.Now, default);
        var events = await _tenant.EventsAsync();

        (await _tenant.Book.MoveSlotAsync(
            new Slot(calendar, _ben, Tuesday.AddHours(10)),
            Tuesday.AddHours(10),
            _tenant.AsAdmin,
            _tenant.Now,
            default)).Succeeded.Should().BeTrue();

        (await _tenant.EventsAsync()).Should().Equal(events);
        (await _tenant.Database.ReadAsync(db => db.WaitingEntries.CountAsync())).Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_double_booked_seat_moves_along_with_its_slot()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        var extra = await _tenant.BookedAsync(calendar, Tuesday.AddHours(10), builder => builder.Request = builder.Request with
        {
            Override = BookingOverride.DoubleBook,
        });

        (await _tenant.Book.MoveSlotAsync(
            new Slot(calendar, _ben, Tuesday.AddHours(10)),
            Tuesday.AddHours(12),
            _tenant.AsAdmin,
            _tenant.Now,
            default)).Refusal.Should().BeNull();

        (await _tenant.AppointmentAsync(extra)).DoubleBook.Should().BeTrue();
    }

    private Actor Booker => Actor.ForBooker(_tenant.SubAccount);

    private static void NineToSix(Calendar calendar) =>
        calendar.Hours = AvailabilityJson.Serialize(new Availability("Etc/UTC", WeeklyHours.EveryDay("09:00-18:00")));

    /// <summary>Booked for an hour on Tuesday at ten; the calendar, open from nine to six, has half hours since.</summary>
    private async Task<(CalendarId Calendar, AppointmentId Id)> HourOnHalfHoursAsync()
    {
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Personal, [_ben], new BookingRules { LengthMinutes = 60 }, change: NineToSix);
        var id = await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        await ChangeAsync(calendar, row => row.Rules = row.Rules with { LengthMinutes = 30 });
        return (calendar, id);
    }

    /// <summary>Booked with Ben on Tuesday at ten; since then Cleo, who is connected to Zoom, hosts in his place.</summary>
    private async Task<(CalendarId Calendar, AppointmentId Id)> OwnerChangedAsync(CalendarType type)
    {
        await _tenant.ConnectAsync(_cleo, "cleos");
        var calendar = await _tenant.CalendarAsync(type, [_ben], new BookingRules { Seats = 2 });
        var id = await _tenant.BookedAsync(calendar, Tuesday.AddHours(10));
        await ChangeAsync(calendar, row =>
        {
            row.AddMember(_cleo, MeetingLocation.Zoom);
            if (type is not CalendarType.Collective)
            {
                row.RemoveMember(_ben);
            }

            row.MakePrimaryOwner(_cleo);
        });
        return (calendar, id);
    }

    private Task ChangeAsync(CalendarId id, Action<Calendar> change) =>
        _tenant.Database.WriteAsync(async db => change(await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Id == id)));

    private Task<BookingOutcome> MoveAsync(AppointmentId id, DateTimeOffset start, bool byStaff) =>
        _tenant.MoveAsync(id, start, actor: byStaff ? _tenant.AsAdmin : Booker);

    private async Task<List<DateTimeOffset>> OfferedAsync(AppointmentId id, DateTimeOffset from, DateTimeOffset to, Actor actor)
    {
        var slots = await _tenant.FreeSlots.FindForMoveAsync(new PlannedMove(id), from, to, actor, _tenant.Now, CancellationToken.None);
        return [.. slots.Select(slot => slot.Start.ToDateTimeOffset())];
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteMovingByTheRulesTests() : MovingByTheRulesTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlMovingByTheRulesTests() : MovingByTheRulesTests(DatabaseProvider.PostgreSql);
