using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Calendars;

public sealed class CalendarSettingsTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private CalendarSettings _settings = null!;
    private CalendarTeam _team = null!;
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _settings = _tenant.CalendarSettings;
        _team = new CalendarTeam(_tenant.Database, _tenant.Signals);
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Zoom_on_a_legacy_calendar_is_refused_and_after_the_upgrade_possible_with_its_appointments_as_they_were()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var legacy = await AddAsync(CalendarType.Personal, CalendarVersion.V2, calendar =>
            calendar.AddMember(_ben, new MeetingLocation(MeetingLocationKind.Phone, "+1 555 0100"), isPrimaryOwner: true));
        var appointment = await _tenant.BookedAsync(legacy, TestTenant.Monday.AddHours(2));

        (await LocationAsync(legacy, _ben, MeetingLocation.Zoom, 0)).Message.Should().StartWith("This is a legacy (V2) calendar.");
        (await _settings.UpgradeAsync(legacy, 0, _tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        (await LocationAsync(legacy, _ben, MeetingLocation.Zoom, 1)).Succeeded.Should().BeTrue();

        (await _tenant.AppointmentAsync(appointment)).Location.Detail.Should().Be("+1 555 0100");
    }

    [Fact]
    public async Task S116_Zoom_on_an_event_calendar_is_refused()
    {
        var open = await AddAsync(CalendarType.Event, CalendarVersion.V3);

        var outcome = await LocationAsync(open, null, MeetingLocation.Zoom, 0);

        outcome.Refusal.Should().Be(Refusal.Invalid);
        outcome.Message.Should().StartWith("An event calendar has no host");
    }

    [Fact]
    public async Task Choosing_Zoom_for_a_member_needs_that_members_connection()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], location: MeetingLocation.AskTheBooker);

        (await LocationAsync(calendar, _ben, MeetingLocation.Zoom, 0)).Refusal.Should().Be(Refusal.Invalid);
        (await LocationAsync(calendar, _ben, MeetingLocation.Zoom, 0, _tenant.As(_ben))).Message.Should().StartWith("Connect Zoom first");
        await _tenant.ConnectAsync(_ben, "key");
        (await LocationAsync(calendar, _ben, MeetingLocation.Zoom, 0, _tenant.As(_ben))).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task A_user_changes_their_own_location_and_nothing_else()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_cleo, _ben]);
        var other = await _tenant.CalendarAsync(CalendarType.Personal, [_cleo]);

        (await LocationAsync(calendar, _ben, MeetingLocation.AskTheBooker, 0, _tenant.As(_ben))).Succeeded.Should().BeTrue();
        (await LocationAsync(calendar, _cleo, MeetingLocation.AskTheBooker, 1, _tenant.As(_ben))).Refusal.Should().Be(Refusal.Forbidden);
        (await LocationAsync(other, _ben, MeetingLocation.AskTheBooker, 0, _tenant.As(_ben))).Refusal.Should().Be(Refusal.Forbidden);
        (await _settings.ArchiveAsync(calendar, 1, _tenant.As(_ben), _tenant.Now, CancellationToken.None)).Refusal.Should()
            .Be(Refusal.Forbidden);
    }

    [Fact]
    public async Task An_admin_of_another_sub_account_finds_nothing()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");

        (await _settings.ArchiveAsync(calendar, 0, elsewhere.AsAdmin, _tenant.Now, CancellationToken.None)).Refusal.Should()
            .Be(Refusal.NotFound);
        (await _tenant.CalendarQueries.FindAsync(calendar, elsewhere.AsAdmin, _tenant.Now, CancellationToken.None))
            .Refusal.Should().Be(Refusal.NotFound);
    }

    [Fact]
    public async Task Admins_list_all_calendars_and_users_those_they_are_on()
    {
        var both = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_cleo, _ben]);
        var other = await _tenant.CalendarAsync(CalendarType.Personal, [_cleo]);
        var directory = _tenant.CalendarQueries;

        var all = await directory.ListAsync(_tenant.AsAdmin, CancellationToken.None);
        var bens = await directory.ListAsync(_tenant.As(_ben), CancellationToken.None);

        all.Select(row => row.Id).Should().BeEquivalentTo([both, other]);
        bens.Should().ContainSingle().Which.Members.Should().Equal("ben", "cleo");
    }

    [Fact]
    public async Task The_list_names_the_meeting_locations_that_count_and_whether_their_members_have_connected_Zoom()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var robin = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_cleo, _ben], location: MeetingLocation.Zoom);
        var together = await _tenant.CalendarAsync(CalendarType.Collective, [_cleo, _ben]);
        var open = await AddAsync(CalendarType.Event, CalendarVersion.V3);
        (await LocationAsync(together, _ben, MeetingLocation.AskTheBooker, 0)).Succeeded.Should().BeTrue();
        var owner = (await _tenant.CalendarQueries.FindAsync(together, _tenant.AsAdmin, _tenant.Now, default)).View!.Members
            .Single(member => member.IsPrimaryOwner);

        var rows = (await _tenant.CalendarQueries.ListAsync(_tenant.AsAdmin, default)).ToDictionary(row => row.Id);

        rows[robin].Locations.Should().Equal(
            new CalendarRowLocation("ben", MeetingLocationKind.Zoom, true),
            new CalendarRowLocation("cleo", MeetingLocationKind.Zoom, false));
        rows[together].Locations.Should().ContainSingle().Which.Should()
            .Match<CalendarRowLocation>(location => location.Member == owner.Name && location.Kind == owner.Location.Kind);
        rows[open].Locations.Should().Equal(new CalendarRowLocation(null, MeetingLocationKind.AskTheBooker, false));
        rows[robin].LengthMinutes.Should().Be(30);
    }

    [Fact]
    public async Task Changed_meeting_settings_update_upcoming_live_meetings_in_Zoom()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(5));
        await _tenant.Database.WriteAsync(async db =>
        {
            var meeting = await db.SlotMeetings.SingleAsync();
            meeting.RecordIntent(MeetingRequestKind.Create, null, _tenant.Now, _tenant.Now);
            meeting.RecordCreated(1, "uuid", "https://zoom.example/j/1", null, null, _tenant.Now);
        });

        var outcome = await _settings.SaveMeetingSettingsAsync(
            new EditMeetingSettings(calendar, 0, new MeetingSettings { WaitingRoom = false, Passcode = "abc123" }),
            _tenant.AsAdmin,
            _tenant.Now,
            CancellationToken.None);

        outcome.Succeeded.Should().BeTrue();
        (await _tenant.MeetingsAsync()).Single().FirstChangedAt.Should().Be(_tenant.Now);
    }

    [Fact]
    public async Task The_second_of_two_concurrent_editors_is_refused()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        (await EditAsync(calendar, 0, "First")).Succeeded.Should().BeTrue();

        (await EditAsync(calendar, 0, "Second")).Refusal.Should().Be(Refusal.Changed);

        (await _tenant.Database.ReadAsync(db => db.Calendars.SingleAsync(row => row.Id == calendar))).Name.Should().Be("First");
    }

    [Fact]
    public async Task Rules_out_of_range_are_refused_in_sentences()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);

        var outcome = await _settings.SaveRulesAsync(
            new EditRules(calendar, 0, new BookingRules { LengthMinutes = 1, Seats = 0 }, null),
            _tenant.AsAdmin,
            _tenant.Now,
            CancellationToken.None);

        outcome.Message.Should()
            .Be("The duration must be 5 minutes to 24 hours, in whole minutes. The appointments per slot must be 1 to 9,999.");
    }

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var first = await CreateAsync("intro");

        var second = await CreateAsync("intro");

        first.Outcome.Succeeded.Should().BeTrue();
        second.Outcome.Message.Should().StartWith("This address is taken");
    }

    [Fact]
    public async Task A_new_member_starts_with_the_default_and_without_a_connection_with_ask_the_booker()
    {
        await _tenant.Database.WriteAsync(async db =>
            (await db.Memberships.SingleAsync(row => row.UserId == _ben)).ChangeDefaultLocation(MeetingLocation.Zoom));

        var (id, outcome) = await CreateAsync("intro");

        outcome.Message.Should().Contain("Ask the booker");
        (await _tenant.Database.ReadAsync(db => db.CalendarMembers.SingleAsync(row => row.CalendarId == id))).Location.Should()
            .Be(MeetingLocation.AskTheBooker);
    }

    [Fact]
    public async Task A_calendar_with_one_owner_gets_the_new_member_as_its_owner()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);

        await _team.AddAsync(calendar, 0, _cleo, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        var members = await _tenant.Database.ReadAsync(db => db.CalendarMembers.Where(row => row.CalendarId == calendar).ToListAsync());
        members.Should().ContainSingle().Which.Should().Match<CalendarMember>(member => member.UserId == _cleo && member.IsPrimaryOwner);
    }

    [Fact]
    public async Task The_last_member_of_a_calendar_cannot_be_removed()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo]);

        (await _team.RemoveAsync(calendar, 0, _ben, _tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        (await _team.RemoveAsync(calendar, 1, _cleo, _tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Refusal.Should()
            .Be(Refusal.Invalid);
    }

    private Task<ChangeOutcome> LocationAsync(
        CalendarId calendar, UserId? user, MeetingLocation location, int version, Actor? actor = null) =>
        _team.ChangeLocationAsync(calendar, version, user, location, actor ?? _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

    private Task<ChangeOutcome> EditAsync(CalendarId calendar, int version, string name) => _settings.EditAsync(
        new EditCalendar(calendar, version) { Name = name, Slug = name.ToLowerInvariant(), TimeZone = "Etc/UTC" },
        _tenant.AsAdmin,
        _tenant.Now,
        CancellationToken.None);

    private Task<(CalendarId? Id, ChangeOutcome Outcome)> CreateAsync(string slug) => _settings.CreateAsync(
        new CreateCalendar { Name = "Intro", Slug = slug, Type = CalendarType.Personal, TimeZone = "Etc/UTC", Owner = _ben },
        _tenant.AsAdmin,
        _tenant.Now,
        CancellationToken.None);

    private async Task<CalendarId> AddAsync(CalendarType type, CalendarVersion version, Action<Calendar>? change = null)
    {
        var id = CalendarId.New(TestTenant.Monday);
        var calendar = new Calendar(id, _tenant.SubAccount, "Old", $"old-{id}", type, version, "Etc/UTC", TestTenant.Monday);
        change?.Invoke(calendar);
        await _tenant.Database.WriteAsync(db => db.Calendars.AddAsync(calendar).AsTask());
        return id;
    }
}
