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

    private TestTenant _studio = null!;
    private UserId _ben;
    private UserId _cleo;
    private CalendarId _calendar;
    private AppointmentId _first;
    private AppointmentId _second;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync();
        _ben = await _studio.UserAsync("ben");
        _cleo = await _studio.UserAsync("cleo");
        await _studio.ConnectAsync(_cleo, "cleos");
        _calendar = await _studio.CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo]);
        _first = await BookedWithBenAsync(Ten);
        _second = await BookedWithBenAsync(Ten.AddHours(1));
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [Fact]
    public async Task Several_go_to_another_host_at_once_and_their_links_follow()
    {
        (await ReassignAsync(_cleo, _first, _second)).Succeeded.Should().BeTrue();

        (await _studio.AppointmentAsync(_first)).HostId.Should().Be(_cleo);
        (await _studio.AppointmentAsync(_second)).HostId.Should().Be(_cleo);
        (await _studio.MeetingsAsync()).Where(meeting => meeting.IsCurrent).Should().HaveCount(2).And.OnlyContain(meeting => meeting.ZoomUserKey == "cleos");
    }

    [Fact]
    public async Task One_that_cannot_go_keeps_all_where_they_are()
    {
        await _studio.BookedAsync(_calendar, Ten.AddHours(1), builder => builder.Request = builder.Request with { HostId = _cleo });

        (await ReassignAsync(_cleo, _first, _second)).Refusal.Should().Be(Refusal.Taken);

        (await _studio.AppointmentAsync(_first)).HostId.Should().Be(_ben);
    }

    [Fact]
    public async Task The_preview_counts_requests_against_todays_quota_and_changes_nothing()
    {
        await _studio.Database.WriteAsync(db =>
            db.QuotaDays.AddAsync(new QuotaDay { ZoomUserKey = "cleos", Day = DateOnly.FromDateTime(_studio.Now.UtcDateTime), Used = 99 }).AsTask());

        var preview = await _studio.Book.PreviewReassignAsync([_first, _second], _cleo, _studio.AsAdmin, _studio.Now, CancellationToken.None);

        preview!.CanGo.Should().BeTrue();
        preview.Requests.Should().Equal(new RequestEstimate("cleo", 2, 1, 0));
        preview.Requests[0].Suffices(reserve: 0).Should().BeFalse();
        (await _studio.AppointmentAsync(_first)).HostId.Should().Be(_ben);
    }

    [Theory]
    [InlineData(2, 12, 0, 10, true)]
    [InlineData(2, 11, 0, 10, true)]
    [InlineData(2, 10, 0, 10, false)]
    [InlineData(2, 20, 19, 10, false)]
    [InlineData(2, 2, 0, 0, true)]
    public void Todays_quota_suffices_only_if_the_reserve_and_other_waiting_meetings_leave_enough(int requests, int left, int waiting, int reserve, bool suffices) =>
        new RequestEstimate("cleo", requests, left, waiting).Suffices(reserve).Should().Be(suffices);

    [Fact]
    public async Task The_preview_says_which_cannot_go_and_why()
    {
        var dora = await _studio.UserAsync("dora");

        var preview = await _studio.Book.PreviewReassignAsync([_first], dora, _studio.AsAdmin, _studio.Now, CancellationToken.None);

        preview!.Lines.Single().WhyNot.Should().StartWith("The new host is not on this appointment's calendar.");
    }

    [Fact]
    public async Task Only_admins_reassign()
    {
        var outcome = await _studio.Book.ReassignAsync([_first], _cleo, _studio.As(_ben), _studio.Now, CancellationToken.None);

        outcome.Refusal.Should().Be(Refusal.Forbidden);
    }

    private Task<BookingOutcome> ReassignAsync(UserId to, params AppointmentId[] ids) =>
        _studio.Book.ReassignAsync(ids, to, _studio.AsAdmin, _studio.Now, CancellationToken.None);

    private Task<AppointmentId> BookedWithBenAsync(DateTimeOffset start) =>
        _studio.BookedAsync(_calendar, start, builder => builder.Request = builder.Request with { HostId = _ben });
}
