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

        preview!.Lines.Single().WhyNot.Should().StartWith("The new host is not on this appointment's calendar.");
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
