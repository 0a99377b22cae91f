using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class ScheduleReaderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset From = ScheduleTestHost.Monday;
    private static readonly DateTimeOffset To = ScheduleTestHost.Monday.AddDays(7);

    private ScheduleTestHost _scheduleHost = null!;

    public async Task InitializeAsync() => _scheduleHost = await ScheduleTestHost.BuildAsync();

    public async Task DisposeAsync() => await _scheduleHost.DisposeAsync();

    [Fact]
    public async Task A_range_contains_exactly_the_appointments_that_overlap_it()
    {
        var calendar = await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben);
        await _scheduleHost.AppointmentAsync(calendar, From.AddDays(-1), title: "before");
        await _scheduleHost.AppointmentAsync(calendar, From.AddMinutes(-15), title: "reaches in");
        await _scheduleHost.AppointmentAsync(calendar, From.AddHours(9), title: "inside");
        await _scheduleHost.AppointmentAsync(calendar, To, title: "after");

        var range = await ReadAsync();

        range.Appointments.Select(card => card.Title).Should().Equal("reaches in", "inside");
    }

    [Fact]
    public async Task A_range_is_one_statement_per_table_however_many_days_and_hosts()
    {
        var calendar = await _scheduleHost.CalendarAsync(
            "Round", type: CalendarType.RoundRobin, members: [_scheduleHost.Ada, _scheduleHost.Ben, _scheduleHost.Cleo]);
        foreach (var day in Enumerable.Range(0, 7))
        {
            await _scheduleHost.AppointmentAsync(calendar, From.AddDays(day).AddHours(9), _scheduleHost.Ben);
            await _scheduleHost.AppointmentAsync(calendar, From.AddDays(day).AddHours(9), _scheduleHost.Cleo);
        }

        _scheduleHost.Counter.Reset();
        var range = await ReadAsync();

        range.Appointments.Should().HaveCount(14);
        _scheduleHost.Counter.Statements.Should().HaveCount(3, "appointments with their links, taken times, blocked times");
    }

    [Fact]
    public async Task Users_see_colleagues_on_their_calendars_read_only_and_of_the_rest_only_that_they_are_busy()
    {
        var shared = await _scheduleHost.CalendarAsync(
            "Shared", type: CalendarType.RoundRobin, members: [_scheduleHost.Ben, _scheduleHost.Cleo]);
        var private_ = await _scheduleHost.CalendarAsync("Cleo's", members: _scheduleHost.Cleo);
        await _scheduleHost.AppointmentAsync(shared, From.AddHours(9), _scheduleHost.Ben, "mine");
        await _scheduleHost.AppointmentAsync(shared, From.AddHours(10), _scheduleHost.Cleo, "colleague's");
        await _scheduleHost.AppointmentAsync(private_, From.AddHours(11), title: "not for Ben");

        var range = await ReadAsync(asBen: true);

        range.Appointments.Select(card => (card.Title, card.IsMine)).Should().Equal(("mine", true), ("colleague's", false));
        range.Busy.Should().ContainSingle().Which.Should().Be(new BusyCard(_scheduleHost.Cleo, From.AddHours(11), From.AddHours(11.5)));
    }

    [Fact]
    public async Task Busy_time_of_another_sub_account_shows_no_details()
    {
        var elsewhere = await _scheduleHost.CalendarAsync("Elsewhere", _scheduleHost.OtherBusiness, members: _scheduleHost.Ben);
        await _scheduleHost.AppointmentAsync(elsewhere, From.AddHours(9), title: "secret");

        var forAdmin = await ReadAsync();
        var forBen = await ReadAsync(asBen: true);

        forAdmin.Appointments.Should().BeEmpty();
        forAdmin.Busy.Should().ContainSingle().Which.UserId.Should().Be(_scheduleHost.Ben);
        forBen.Busy.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_collective_appointment_is_in_every_members_schedule()
    {
        var calendar = await _scheduleHost.CalendarAsync(
            "Panel", type: CalendarType.Collective, members: [_scheduleHost.Ben, _scheduleHost.Cleo]);
        await _scheduleHost.AppointmentAsync(calendar, From.AddHours(9));

        var range = await ReadAsync(new ScheduleFilter { Members = [_scheduleHost.Cleo] });

        range.Appointments.Should().ContainSingle().Which.HostId.Should().Be(_scheduleHost.Ben);
        range.Appointments[0].Attending.Should().Contain(_scheduleHost.Cleo);
        range.Busy.Should().BeEmpty();
    }

    [Theory]
    [InlineData("TALK", true)]
    [InlineData("jo field", true)]
    [InlineData("@field.test", true)]
    [InlineData("nobody", false)]
    public async Task Search_looks_at_title_name_and_email_in_any_case(string search, bool found)
    {
        await _scheduleHost.AppointmentAsync(await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben), From.AddHours(9));

        var range = await ReadAsync(new ScheduleFilter { Search = search });

        range.Appointments.Any().Should().Be(found);
    }

    [Fact]
    public async Task A_search_is_over_all_time_with_upcoming_ones_first()
    {
        var calendar = await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben);
        foreach (var days in new[] { -400, -1, 1, 300 })
        {
            await _scheduleHost.AppointmentAsync(calendar, From.AddDays(days), title: $"Talk {days}");
        }

        await _scheduleHost.AppointmentAsync(calendar, From.AddDays(2), title: "cancelled", status: AppointmentStatus.Cancelled);
        await _scheduleHost.AppointmentAsync(calendar, From.AddDays(3), title: "deleted", status: AppointmentStatus.Deleted);

        var found = await _scheduleHost.Reader.SearchAsync(_scheduleHost.AsAda, new ScheduleFilter { Search = "jo field" }, default);

        found.Upcoming.Select(card => card.Title).Should().Equal("Talk 1", "Talk 300");
        found.Earlier.Select(card => card.Title).Should().Equal("Talk -1", "Talk -400");
        found.HasMore.Should().BeFalse();
    }

    [Fact]
    public async Task A_search_lists_the_nearest_and_says_that_there_are_more()
    {
        var calendar = await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben);
        for (var day = 1; day <= ScheduleReader.MostFound + 1; day++)
        {
            await _scheduleHost.AppointmentAsync(calendar, From.AddDays(day));
        }

        var found = await _scheduleHost.Reader.SearchAsync(_scheduleHost.AsAda, new ScheduleFilter { Search = "talk" }, default);

        found.Upcoming.Should().HaveCount(ScheduleReader.MostFound);
        found.Upcoming[0].Start.Should().Be(From.AddDays(1));
        found.HasMore.Should().BeTrue();
    }

    [Fact]
    public async Task A_search_finds_for_users_what_they_may_see()
    {
        var own = await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben);
        var cleos = await _scheduleHost.CalendarAsync("Cleo's", members: _scheduleHost.Cleo);
        var elsewhere = await _scheduleHost.CalendarAsync("Elsewhere", _scheduleHost.OtherBusiness, members: _scheduleHost.Ben);
        await _scheduleHost.AppointmentAsync(own, From.AddDays(1), title: "Talk with Ben");
        await _scheduleHost.AppointmentAsync(cleos, From.AddDays(1), title: "Talk with Cleo");
        await _scheduleHost.AppointmentAsync(elsewhere, From.AddDays(1).AddHours(2), title: "Talk elsewhere");

        var found = await _scheduleHost.Reader.SearchAsync(_scheduleHost.AsBen, new ScheduleFilter { Search = "talk" }, default);

        found.Upcoming.Select(card => card.Title).Should().Equal("Talk with Ben");
    }

    [Fact]
    public async Task Opening_hours_are_those_of_the_calendar_or_of_its_members()
    {
        var members = await _scheduleHost.CalendarAsync("By its members", members: _scheduleHost.Ben);
        var own = await _scheduleHost.CalendarAsync("Its own", members: _scheduleHost.Ben);
        await _scheduleHost.ChangeAsync(db => db.Calendars.Update(own).Entity.Hours = AvailabilityJson.Serialize(
            new Availability("Etc/UTC", WeeklyHours.EveryDay("18:00-20:00"))));
        var directory = await _scheduleHost.Reader.DirectoryAsync(_scheduleHost.AsAda, default);
        string Open(params CalendarId[] calendars) => string.Join(", ", directory.OpenTimes(
            calendars, null, Instant.FromDateTimeOffset(From), Instant.FromDateTimeOffset(From.AddDays(1)))!
            .Select(time => $"{time.Start.InUtc().Hour}-{time.End.InUtc().Hour}"));

        Open(members.Id).Should().Be("9-17");
        Open(own.Id).Should().Be("18-20");
        Open().Should().Be("9-17, 18-20");
        directory.OpenTimes([], _scheduleHost.Cleo, Instant.FromDateTimeOffset(From), Instant.FromDateTimeOffset(To)).Should().BeNull();
    }

    [Fact]
    public async Task Cancelled_appointments_are_shown_when_asked_for_and_deleted_ones_never()
    {
        var calendar = await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben);
        await _scheduleHost.AppointmentAsync(calendar, From.AddHours(9), title: "cancelled", status: AppointmentStatus.Cancelled);
        await _scheduleHost.AppointmentAsync(calendar, From.AddHours(9), title: "deleted", status: AppointmentStatus.Deleted);

        (await ReadAsync()).Appointments.Should().BeEmpty();
        (await ReadAsync(new ScheduleFilter { WithCancelled = true })).Appointments.Select(card => card.Title).Should().Equal("cancelled");
    }

    [Fact]
    public async Task A_card_shows_the_state_of_its_link()
    {
        var appointment = await _scheduleHost.AppointmentAsync(
            await _scheduleHost.CalendarAsync("Coaching", members: _scheduleHost.Ben), From.AddHours(9));
        await _scheduleHost.LinkAsync("https://zoom.test/j/1", appointment);
        await _scheduleHost.ChangeAsync(db => db.ZoomAccounts.AddRange(db.SlotMeetings.Select(row => row.ZoomUserKey!).Distinct().ToList()
            .Select(key => new Core.Connections.ZoomAccount { Key = key, ZoomUserId = $"zoom-{key}" })));

        var card = (await ReadAsync()).Appointments.Single();

        card.Link.State.Should().Be(LinkState.Ready);
        card.Link.JoinUrl.Should().Be("https://zoom.test/j/1");
    }

    [Fact]
    public async Task Blocked_times_of_visible_members_are_shown_without_titles_of_another_sub_account()
    {
        await _scheduleHost.ChangeAsync(db => db.BlockedTimes.AddRange(
            new BlockedTime
            {
                Id = Guid.NewGuid(),
                SubAccountId = _scheduleHost.ScreenTestHost,
                UserId = _scheduleHost.Ben,
                Title = "Dentist",
                Start = From.AddHours(9),
                End = From.AddHours(10),
            },
            new BlockedTime
            {
                Id = Guid.NewGuid(),
                SubAccountId = _scheduleHost.OtherBusiness,
                UserId = _scheduleHost.Ben,
                Title = "Secret",
                Start = From.AddHours(11),
                End = From.AddHours(12),
            }));

        var range = await ReadAsync();

        range.Blocked.Select(blocked => blocked.Title).Should().Equal("Dentist", "");
    }

    [Fact]
    public async Task Details_name_the_others_in_the_slot_and_are_not_given_to_strangers()
    {
        var calendar = await _scheduleHost.CalendarAsync("Class", type: CalendarType.ClassBooking, members: _scheduleHost.Cleo);
        var first = await _scheduleHost.AppointmentAsync(calendar, From.AddHours(9), title: "first");
        await _scheduleHost.AppointmentAsync(calendar, From.AddHours(9), title: "second");

        var forAdmin = await _scheduleHost.Reader.DetailsAsync(_scheduleHost.AsAda, first.Id, CancellationToken.None);
        var forBen = await _scheduleHost.Reader.DetailsAsync(_scheduleHost.AsBen, first.Id, CancellationToken.None);

        forAdmin!.SameSlot.Select(mate => mate.Title).Should().Equal("second");
        (forAdmin.CalendarName, forAdmin.HostName).Should().Be(("Class", "Cleo"));
        forBen.Should().BeNull();
    }

    [Fact]
    public async Task A_user_sees_only_people_and_calendars_of_their_own_calendars()
    {
        await _scheduleHost.CalendarAsync("Shared", type: CalendarType.RoundRobin, members: [_scheduleHost.Ben, _scheduleHost.Cleo]);
        await _scheduleHost.CalendarAsync("Ada's", members: _scheduleHost.Ada);

        var forBen = await _scheduleHost.Reader.DirectoryAsync(_scheduleHost.AsBen, CancellationToken.None);
        var forAda = await _scheduleHost.Reader.DirectoryAsync(_scheduleHost.AsAda, CancellationToken.None);

        forBen.Calendars.Select(calendar => calendar.Name).Should().Equal("Shared");
        forBen.Members.Select(member => member.Name).Should().Equal("Ben", "Cleo");
        forBen.Calendars[0].Hosts.Should().Equal(_scheduleHost.Ben);
        forAda.Calendars.Should().HaveCount(2);
        forAda.Members.Should().HaveCount(3);
    }

    private Task<ScheduleRange> ReadAsync(ScheduleFilter? filter = null, bool asBen = false) =>
        _scheduleHost.Reader.RangeAsync(
            asBen ? _scheduleHost.AsBen : _scheduleHost.AsAda, From, To, filter ?? ScheduleFilter.Everything, CancellationToken.None);
}
