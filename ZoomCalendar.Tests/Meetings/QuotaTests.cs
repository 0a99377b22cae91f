using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>A hundred requests a day, counted before they leave, for all processes together.</summary>
public sealed class QuotaTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

    private DateTimeOffset Midnight => new(_world.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task S112_The_101st_request_waits_for_midnight_UTC_and_then_goes_by_itself()
    {
        await UsedAsync(98);
        await BookManyAsync(5);

        await _world.ReconcileAsync();
        _world.InZoom.Should().HaveCount(2);
        var waiting = (await _world.TestTenant.MeetingsAsync()).Where(row => row.State == SlotMeetingState.Wanted).ToList();
        waiting.Should().HaveCount(3).And.OnlyContain(row => row.WaitingFor == WaitingFor.Quota && row.NextActionAt >= Midnight && row.NextActionAt <= Midnight.AddSeconds(5));
        (await _world.EventsAsync(EventKind.QuotaUsedUp)).Should().ContainSingle(told => told.UserId == _world.Ben);
        (await _world.EventsAsync(EventKind.LinkWaiting)).Should().HaveCount(3);

        var status = await StatusAsync();
        (status.Used, status.Left, status.UsedUp, status.ResetsAt).Should().Be((100, 0, true, Midnight));
        status.Forecast.Should().Be("3 waiting, 3 go at 00:00 UTC");
        status.LastSevenDays.Should().HaveCount(7).And.EndWith(new QuotaStatus.UsedOn(DateOnly.FromDateTime(_world.Now.UtcDateTime), 100));

        await _world.AdvanceAsync(Midnight - _world.Now - TimeSpan.FromSeconds(1));
        _world.InZoom.Should().HaveCount(2);
        await _world.AdvanceAsync(TimeSpan.FromSeconds(3));
        _world.InZoom.Should().HaveCount(5);
        (await _world.UsedAsync()).Should().Be(3);
        _world.Control.Counts.Should().OnlyContain(count => count.Count <= 100);
    }

    [Fact]
    public async Task S112_The_day_turns_at_midnight_UTC_wherever_host_and_booker_are()
    {
        var auckland = await _world.TestTenant.CalendarAsync(Core.Scheduling.CalendarType.Personal, [_world.Ben], change: calendar => calendar.TimeZone = "Pacific/Auckland");
        await UsedAsync(100);
        var jo = await _world.TestTenant.BookedAsync(auckland, _world.Tomorrow.AddDays(2), builder => builder.Request = builder.Request with
        {
            Booker = builder.Request.Booker with { TimeZone = "America/Los_Angeles" },
            Override = Core.Scheduling.BookingOverride.Staff,
        });
        await _world.ReconcileAsync();

        await _world.AdvanceAsync(TimeSpan.FromHours(4));
        _world.Sent.Should().BeEmpty("in Auckland the next day has begun, in UTC it has not");
        await _world.AdvanceAsync(Midnight - _world.Now + TimeSpan.FromSeconds(2));

        _world.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await _world.LinkOfAsync(jo), "in Los Angeles it is still yesterday, in UTC it is not");
    }

    [Fact]
    public async Task The_ledger_itself_gives_out_no_101st_whatever_its_caller_believes()
    {
        await UsedAsync(99);
        var day = DateOnly.FromDateTime(_world.Now.UtcDateTime);

        var taken = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            _world.TestTenant.Database.ReadAsync(db => QuotaLedger.TakeAsync(db, ZoomTestHost.Key, day, CancellationToken.None))));

        taken.Should().BeEquivalentTo(new int?[] { 100, null, null });
        (await _world.UsedAsync()).Should().Be(100);
    }

    [Fact]
    public async Task The_101st_is_never_sent_by_two_reconcilers_at_once_nor_after_a_restart()
    {
        await UsedAsync(40);
        var cleo = await _world.TestTenant.UserAsync("cleo");
        await _world.TestTenant.ConnectAsync(cleo, ZoomTestHost.Key);
        var hers = await _world.TestTenant.CalendarAsync(Core.Scheduling.CalendarType.Personal, [cleo]);
        await BookManyAsync(40);
        await BookManyAsync(40, hers);
        var second = _world.NewProcess();

        await Task.WhenAll(_world.ReconcileAsync(), second.ReconcileAsync(CancellationToken.None));
        var third = _world.NewProcess();
        await third.ReconcileAsync(CancellationToken.None);
        await _world.AdvanceAsync(TimeSpan.FromHours(1));

        _world.Sent.Should().HaveCount(60);
        _world.Control.CountToday(ZoomTestHost.Zoom).Should().Be(60);
        (await _world.UsedAsync()).Should().Be(100);
        (await _world.EventsAsync(EventKind.QuotaNear)).Should().HaveCount(2, "Ben and Cleo are told once each");
        _world.InZoom.Select(meeting => meeting.Agenda).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(null, RetryAfterForm.None)]
    [InlineData(LimitKind.DailyMeeting, RetryAfterForm.Seconds)]
    [InlineData(LimitKind.DailyMeeting, RetryAfterForm.Instant)]
    [InlineData(LimitKind.DailyApi, RetryAfterForm.None)]
    [InlineData(LimitKind.DailyApi, RetryAfterForm.Instant)]
    public async Task Zoom_saying_that_the_day_is_used_up_parks_the_account_whatever_we_counted(LimitKind? said, RetryAfterForm until)
    {
        if (said is { } limit)
        {
            _world.Control.Fail(new SandboxFault { Mode = FaultMode.RateLimit, Limit = limit, RetryAfter = until });
        }
        else
        {
            _world.Control.SetCount(ZoomTestHost.Zoom, 100);
        }

        await BookManyAsync(3);

        await _world.ReconcileAsync();
        await _world.AdvanceAsync(TimeSpan.FromHours(1));

        _world.Sent.Should().ContainSingle("after Zoom's word nothing more is tried");
        var status = await StatusAsync();
        (status.UsedUp, status.Left, status.Waiting).Should().Be((true, 0, 3));
        await _world.AdvanceAsync(Midnight - _world.Now + TimeSpan.FromSeconds(2));
        _world.InZoom.Should().HaveCount(3);
    }

    [Fact]
    public async Task No_request_leaves_that_could_land_after_midnight()
    {
        await _world.AdvanceAsync(Midnight - _world.Now - TimeSpan.FromSeconds(10));

        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(1));
        _world.Sent.Should().BeEmpty();

        await _world.AdvanceAsync(TimeSpan.FromSeconds(12));
        _world.Sent.Should().ContainSingle();
        (await _world.UsedAsync()).Should().Be(1);
        _world.Control.Counts.Should().ContainSingle().Which.Day.Should().Be(DateOnly.FromDateTime(_world.Now.UtcDateTime));
    }

    [Fact]
    public async Task The_day_is_Zooms_when_its_clock_is_ahead_of_ours()
    {
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(1));
        _world.Control.ShiftClock(TimeSpan.FromMinutes(5));
        await _world.AdvanceAsync(Midnight - _world.Now - TimeSpan.FromMinutes(30));
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(1).AddHours(1));
        (await _world.AccountAsync()).ClockOffset.Should().BeCloseTo(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2));

        await _world.AdvanceAsync(TimeSpan.FromMinutes(26));
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(1).AddHours(2));

        _world.Control.Counts.Select(count => count.Count).Should().BeEquivalentTo([2, 1]);
        (await _world.TestTenant.Database.ReadAsync(db => db.QuotaDays.Select(quota => quota.Used).ToListAsync())).Should().BeEquivalentTo([2, 1]);
    }

    [Fact]
    public async Task When_requests_are_scarce_deletions_and_later_updates_wait_and_creations_go_on()
    {
        var far = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3), "Far");
        var gone = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(4), "Gone");
        var today = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddHours(3), "Today");
        await UsedAsync(85);

        await _world.EditAsync(far, "Far, changed");
        await _world.EditAsync(today, "Today, changed");
        await _world.CancelAsync(gone);
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(5), "New");
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));

        _world.InZoom.Select(meeting => meeting.Topic).Should().BeEquivalentTo(["Far", "Gone", "Today, changed", "New"]);
        (await StatusAsync()).Forecast.Should().Be("2 waiting, 2 go at 00:00 UTC");

        await _world.AdvanceAsync(Midnight - _world.Now + TimeSpan.FromSeconds(2));
        _world.InZoom.Select(meeting => meeting.Topic).Should().BeEquivalentTo(["Far, changed", "Today, changed", "New"]);
    }

    [Fact]
    public async Task With_requests_to_spare_they_leave_in_the_order_of_need()
    {
        var gone = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddHours(1), "Gone");
        var far = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3), "Far");
        var today = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddHours(3), "Today");
        await _world.CancelAsync(gone, reconcile: false);
        await _world.EditAsync(far, "Far, changed");
        await _world.EditAsync(today, "Today, changed");
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(4), reconcile: false);
        await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddHours(4), reconcile: false);
        var before = _world.Sent.Count;

        await _world.AdvanceAsync(TimeSpan.FromSeconds(30));

        _world.Sent.Skip(before).Should().Equal(RequestKind.Update, RequestKind.Create, RequestKind.Create, RequestKind.Update, RequestKind.Delete);
    }

    [Fact]
    public async Task A_deletion_that_waits_until_its_meeting_is_over_is_never_sent()
    {
        var today = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddHours(3));
        await UsedAsync(100);

        await _world.CancelAsync(today);
        await _world.AdvanceAsync(TimeSpan.FromHours(4));

        (await _world.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped);
        await _world.AdvanceAsync(TimeSpan.FromDays(1));
        _world.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task The_soonest_creation_goes_first_and_waits_for_nothing_else()
    {
        await UsedAsync(98);
        for (var hour = 5; hour > 0; hour--)
        {
            await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddHours(hour), reconcile: false);
        }

        await _world.ReconcileAsync();

        _world.InZoom.Select(meeting => meeting.StartTime).Should().Equal(_world.Tomorrow.AddHours(1), _world.Tomorrow.AddHours(2));
    }

    private Task<QuotaStatus> StatusAsync() => new QuotaStatusReader(_world.TestTenant.Database).ReadAsync(ZoomTestHost.Key, _world.Now, CancellationToken.None);

    private async Task UsedAsync(int used)
    {
        var day = DateOnly.FromDateTime(_world.Now.UtcDateTime);
        await _world.TestTenant.Database.WriteAsync(async db =>
        {
            await db.QuotaDays.ExecuteDeleteAsync();
            db.QuotaDays.Add(new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = day, Used = used });
        });
    }

    private async Task BookManyAsync(int count, Core.Ids.CalendarId? calendar = null)
    {
        for (var i = 0; i < count; i++)
        {
            await _world.BookedAsync(calendar ?? _world.Personal, _world.Tomorrow.AddHours(i), reconcile: false);
        }
    }
}
