using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Calendars;

public sealed class DefaultLocationTests : IAsyncLifetime
{
    private static readonly MeetingLocation Phone = new(MeetingLocationKind.Phone, "+1 555 0100");

    private TestTenant _tenant = null!;
    private DefaultLocations _defaults = null!;
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _defaults = new DefaultLocations(_tenant.Database, _tenant.Signals);
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task S114_Yes_changes_all_own_V3_calendars_here_and_nothing_else()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");
        await elsewhere.JoinAsync(_ben);
        var first = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], location: Phone);
        var shared = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_cleo, _ben], location: Phone);
        var legacy = await LegacyAsync(_ben);
        var others = await _tenant.CalendarAsync(CalendarType.Personal, [_cleo], location: Phone);
        var foreign = await elsewhere.CalendarAsync(CalendarType.Personal, [_ben], location: Phone);

        var outcome = await SaveAsync(_ben, MeetingLocation.Zoom, alsoOthers: true);

        outcome.Succeeded.Should().BeTrue();
        (await DefaultOfAsync(_ben)).IsZoom.Should().BeTrue();
        (await LocationAsync(first, _ben)).IsZoom.Should().BeTrue();
        (await LocationAsync(shared, _ben)).IsZoom.Should().BeTrue();
        (await LocationAsync(shared, _cleo)).Should().Be(Phone);
        (await LocationAsync(legacy, _ben)).Should().Be(Phone);
        (await LocationAsync(others, _cleo)).Should().Be(Phone);
        (await LocationAsync(foreign, _ben)).Should().Be(Phone);
    }

    [Fact]
    public async Task S114_No_changes_only_the_default()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], location: Phone);

        await SaveAsync(_ben, MeetingLocation.Zoom, alsoOthers: false);

        (await DefaultOfAsync(_ben)).IsZoom.Should().BeTrue();
        (await LocationAsync(calendar, _ben)).Should().Be(Phone);
    }

    [Fact]
    public async Task The_preview_names_what_would_change_and_what_cannot_and_why_and_changes_nothing()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var would = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], location: Phone);
        var already = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben]);
        var legacy = await LegacyAsync(_ben);

        var preview = await _defaults.PreviewAsync(_ben, _tenant.As(_ben), CancellationToken.None);

        preview.Single(line => line.CalendarId == would).WhyNot.Should().BeNull();
        preview.Single(line => line.CalendarId == already).WhyNot.Should().Be("It already uses Zoom.");
        preview.Single(line => line.CalendarId == legacy).WhyNot.Should().StartWith("This is a legacy (V1) calendar.");
        (await DefaultOfAsync(_ben)).IsZoom.Should().BeFalse();
    }

    [Fact]
    public async Task S115_An_admin_cannot_choose_Zoom_for_a_user_who_never_connected()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], location: Phone);

        var outcome = await SaveAsync(_ben, MeetingLocation.Zoom, alsoOthers: true, _tenant.AsAdmin);

        outcome.Refusal.Should().Be(Refusal.Invalid);
        outcome.Message.Should().Be("ben has not connected Zoom in this sub-account. ben has to log in and connect it first.");
        (await DefaultOfAsync(_ben)).IsZoom.Should().BeFalse();
        (await LocationAsync(calendar, _ben)).Should().Be(Phone);
    }

    [Fact]
    public async Task S115_A_connection_in_another_sub_account_does_not_count_here()
    {
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");
        await elsewhere.JoinAsync(_ben);
        await elsewhere.ConnectAsync(_ben, "key");

        (await SaveAsync(_ben, MeetingLocation.Zoom, alsoOthers: false, _tenant.AsAdmin)).Refusal.Should().Be(Refusal.Invalid);
        (await SaveAsync(_ben, MeetingLocation.Zoom, alsoOthers: false)).Refusal.Should().Be(Refusal.Invalid);
    }

    [Fact]
    public async Task An_admin_sets_Zoom_for_a_member_who_is_connected_here()
    {
        await _tenant.ConnectAsync(_ben, "key");

        (await SaveAsync(_ben, MeetingLocation.Zoom, alsoOthers: false, _tenant.AsAdmin)).Succeeded.Should().BeTrue();

        (await DefaultOfAsync(_ben)).IsZoom.Should().BeTrue();
    }

    [Fact]
    public async Task A_forged_save_for_another_user_is_forbidden_or_not_found()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");

        (await SaveAsync(_ben, Phone, alsoOthers: false, _tenant.As(_cleo))).Refusal.Should().Be(Refusal.Forbidden);
        (await SaveAsync(_ben, Phone, alsoOthers: false, elsewhere.AsAdmin)).Refusal.Should().Be(Refusal.NotFound);
    }

    [Fact]
    public async Task The_second_of_two_tabs_is_refused()
    {
        (await SaveAsync(_ben, Phone, alsoOthers: false)).Succeeded.Should().BeTrue();

        var second = await _defaults.SaveAsync(
            new SaveDefaultLocation(_ben, 0, MeetingLocation.AskTheBooker, false), _tenant.As(_ben), _tenant.Now, CancellationToken.None);

        second.Refusal.Should().Be(Refusal.Changed);
        (await DefaultOfAsync(_ben)).Should().Be(Phone);
    }

    [Theory]
    [InlineData(MeetingLocationKind.Phone)]
    [InlineData(MeetingLocationKind.InPerson)]
    [InlineData(MeetingLocationKind.Custom)]
    [InlineData((MeetingLocationKind)99)]
    public async Task A_location_without_the_detail_it_needs_is_refused(MeetingLocationKind kind)
    {
        (await SaveAsync(_ben, new MeetingLocation(kind, " "), alsoOthers: false)).Refusal.Should().Be(Refusal.Invalid);
    }

    private async Task<ChangeOutcome> SaveAsync(UserId user, MeetingLocation location, bool alsoOthers, Actor? actor = null)
    {
        var version = await _tenant.Database.ReadAsync(db =>
            db.Memberships.Where(row => row.UserId == user && row.SubAccountId == _tenant.SubAccount).Select(row => row.Version)
                .SingleAsync());
        return await _defaults.SaveAsync(
            new SaveDefaultLocation(user, version, location, alsoOthers), actor ?? _tenant.As(user), _tenant.Now, CancellationToken.None);
    }

    private async Task<CalendarId> LegacyAsync(UserId owner)
    {
        var id = CalendarId.New(TestTenant.Monday);
        var calendar = new Calendar(
            id, _tenant.SubAccount, "Old", $"old-{id}", CalendarType.Personal, CalendarVersion.V1, "Etc/UTC", TestTenant.Monday);
        calendar.AddMember(owner, Phone, isPrimaryOwner: true);
        await _tenant.Database.WriteAsync(db => db.Calendars.AddAsync(calendar).AsTask());
        return id;
    }

    private Task<MeetingLocation> DefaultOfAsync(UserId user) => _tenant.Database.ReadAsync(db =>
        db.Memberships.Where(row => row.UserId == user && row.SubAccountId == _tenant.SubAccount).Select(row => row.DefaultLocation)
            .SingleAsync());

    private Task<MeetingLocation> LocationAsync(CalendarId calendar, UserId user) => _tenant.Database.ReadAsync(db =>
        db.CalendarMembers.Where(row => row.CalendarId == calendar && row.UserId == user).Select(row => row.Location).SingleAsync());
}
