using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

public sealed class ReassignTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private TestTenant _tenant = null!;
    private UserId _ben;
    private UserId _cleo;
    private CalendarId _calendar;
    private AppointmentId _first;
    private AppointmentId _second;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
        await _tenant.ConnectAsync(_cleo, "cleos");
        _calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo]);
        _first = await BookedWithBenAsync(Ten);
        _second = await BookedWithBenAsync(Ten.AddHours(1));
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Several_appointments_are_reassigned_together_and_get_the_new_hosts_links()
    {
        (await ReassignAsync(_cleo, _first, _second)).Succeeded.Should().BeTrue();

        (await _tenant.AppointmentAsync(_first)).HostId.Should().Be(_cleo);
        (await _tenant.AppointmentAsync(_second)).HostId.Should().Be(_cleo);
        (await _tenant.MeetingsAsync()).Where(meeting => meeting.IsCurrent).Should().HaveCount(2)
            .And.OnlyContain(meeting => meeting.ZoomUserKey == "cleos");
    }

    [Fact]
    public async Task One_appointment_that_cannot_be_reassigned_stops_the_whole_reassignment()
    {
        await _tenant.BookedAsync(_calendar, Ten.AddHours(1), builder => builder.Request = builder.Request with { HostId = _cleo });

        (await ReassignAsync(_cleo, _first, _second)).Refusal.Should().Be(Refusal.Taken);

        (await _tenant.AppointmentAsync(_first)).HostId.Should().Be(_ben);
    }

    [Fact]
    public async Task The_preview_counts_requests_against_todays_quota_and_changes_nothing()
    {
        await _tenant.Database.WriteAsync(db =>
            db.QuotaDays.AddAsync(new QuotaDay { ZoomUserKey = "cleos", Day = DateOnly.FromDateTime(_tenant.Now.UtcDateTime), Used = 99 })
                .AsTask());

        var preview = await _tenant.Book.PreviewReassignAsync(
            [_first, _second], _cleo, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        preview!.CanGo.Should().BeTrue();
        preview.Requests.Should().Equal(new RequestEstimate("cleo", 2, 1, 0));
        preview.Requests[0].Suffices(reserve: 0).Should().BeFalse();
        (await _tenant.AppointmentAsync(_first)).HostId.Should().Be(_ben);
    }

    [Fact]
    public async Task The_preview_counts_the_new_hosts_other_meetings_that_still_need_a_request()
    {
        await _tenant.BookedAsync(
            _calendar, Ten.AddDays(1), builder => builder.Request = builder.Request with { HostId = _cleo });

        var preview = await _tenant.Book.PreviewReassignAsync(
            [_first, _second], _cleo, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        preview!.Requests.Should().Equal(new RequestEstimate("cleo", 2, 100, 1));
    }

    [Theory]
    [InlineData(2, 12, 0, 10, true)]
    [InlineData(2, 11, 0, 10, true)]
    [InlineData(2, 10, 0, 10, false)]
    [InlineData(2, 20, 19, 10, false)]
    [InlineData(2, 2, 0, 0, true)]
    public void Todays_quota_suffices_only_if_the_reserve_and_other_waiting_meetings_leave_enough(
        int requests, int left, int waiting, int reserve, bool suffices) =>
        new RequestEstimate("cleo", requests, left, waiting).Suffices(reserve).Should().Be(suffices);

    [Fact]
    public async Task The_preview_says_which_appointments_cannot_be_reassigned_and_why()
    {
        var dora = await _tenant.UserAsync("dora");

        var preview = await _tenant.Book.PreviewReassignAsync([_first], dora, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        var line = preview!.Lines.Single();
        line.WhyNot.Should().StartWith("The new host is not on this appointment's calendar.");
        line.Calendar.Should().BeEquivalentTo(new { Id = _calendar, HasOneOwner = false, IsPersonal = false });
    }

    [Fact]
    public async Task The_preview_names_a_personal_calendar_that_belongs_to_its_owner_alone()
    {
        var alone = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var appointment = await _tenant.BookedAsync(alone, Ten.AddDays(1));

        var preview = await _tenant.Book.PreviewReassignAsync(
            [appointment, _first], _cleo, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        preview!.CanGo.Should().BeFalse();
        preview.Lines[0].Calendar.Should().BeEquivalentTo(new { Id = alone, HasOneOwner = true, IsPersonal = true });
        preview.Lines[1].Calendar.Should().BeNull();
    }

    [Fact]
    public async Task Upcoming_appointments_are_read_in_pages_by_start()
    {
        var reader = new UpcomingAppointmentsReader(_tenant.Database);
        var third = await BookedWithBenAsync(Ten.AddDays(1));

        var page = await reader.PageAsync(_ben, 1, 1, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var last = await reader.PageAsync(_ben, 2, 20, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var ids = await reader.IdsAsync(_ben, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        (page.Appointments.Single().Id, page.Total).Should().Be((_second, 3));
        (last.Appointments.Single().Id, last.Total).Should().Be((third, 3));
        ids.Should().Equal(_first, _second, third);
        (await reader.PageAsync(_ben, 0, 20, _tenant.As(_ben), _tenant.Now, CancellationToken.None)).Should()
            .BeEquivalentTo(new UpcomingResults([], 0));
    }

    [Fact]
    public async Task Only_admins_reassign()
    {
        var outcome = await _tenant.Book.ReassignAsync([_first], _cleo, _tenant.As(_ben), _tenant.Now, CancellationToken.None);

        outcome.Refusal.Should().Be(Refusal.Forbidden);
    }

    private Task<BookingOutcome> ReassignAsync(UserId to, params AppointmentId[] ids) =>
        _tenant.Book.ReassignAsync(ids, to, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

    private Task<AppointmentId> BookedWithBenAsync(DateTimeOffset start) =>
        _tenant.BookedAsync(_calendar, start, builder => builder.Request = builder.Request with { HostId = _ben });
}
