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
    private ZoomTestHost _zoomHost = null!;

    private DateTimeOffset Midnight => new(_zoomHost.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Fact]
    public async Task S112_The_101st_request_is_sent_after_midnight_UTC()
    {
        await UsedAsync(98);
        await BookManyAsync(5);

        await _zoomHost.ReconcileAsync();
        _zoomHost.InZoom.Should().HaveCount(2);
        var waiting = (await _zoomHost.TestTenant.MeetingsAsync()).Where(row => row.State == SlotMeetingState.Wanted).ToList();
        waiting.Should().HaveCount(3).And.OnlyContain(row => row.WaitingFor == WaitingFor.Quota && row.NextActionAt >= Midnight
            && row.NextActionAt <= Midnight.AddSeconds(5));
        (await _zoomHost.EventsAsync(EventKind.QuotaUsedUp)).Should().ContainSingle(told => told.UserId == _zoomHost.Ben);
        (await _zoomHost.EventsAsync(EventKind.LinkWaiting)).Should().HaveCount(3);

        var status = await StatusAsync();
        (status.Used, status.Left, status.UsedUp, status.ResetsAt).Should().Be((100, 0, true, Midnight));
        status.Forecast.Should().Be("3 waiting, 3 go at 00:00 UTC");
        status.LastSevenDays.Should().HaveCount(7)
            .And.EndWith(new QuotaStatus.UsedOn(DateOnly.FromDateTime(_zoomHost.Now.UtcDateTime), 100));

        await _zoomHost.AdvanceAsync(Midnight - _zoomHost.Now - TimeSpan.FromSeconds(1));
        _zoomHost.InZoom.Should().HaveCount(2);
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(3));
        _zoomHost.InZoom.Should().HaveCount(5);
        (await _zoomHost.UsedAsync()).Should().Be(3);
        _zoomHost.Control.Counts.Should().OnlyContain(count => count.Count <= 100);
    }

    [Fact]
    public async Task S112_The_day_ends_at_midnight_UTC_in_every_time_zone()
    {
        var auckland = await _zoomHost.TestTenant.CalendarAsync(
            Core.Scheduling.CalendarType.Personal, [_zoomHost.Ben], change: calendar => calendar.TimeZone = "Pacific/Auckland");
        await UsedAsync(100);
        var jo = await _zoomHost.TestTenant.BookedAsync(auckland, _zoomHost.Tomorrow.AddDays(2),
            builder => builder.Request = builder.Request with
            {
                Booker = builder.Request.Booker with { TimeZone = "America/Los_Angeles" },
                Override = Core.Scheduling.BookingOverride.Staff,
            });
        await _zoomHost.ReconcileAsync();

        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(4));
        _zoomHost.Sent.Should().BeEmpty("in Auckland the next day has begun, in UTC it has not");
        await _zoomHost.AdvanceAsync(Midnight - _zoomHost.Now + TimeSpan.FromSeconds(2));

        _zoomHost.InZoom.Should().ContainSingle().Which.JoinUrl.Should()
            .Be(await _zoomHost.LinkOfAsync(jo), "in Los Angeles it is still yesterday, in UTC it is not");
    }

    [Fact]
    public async Task The_ledger_never_grants_a_101st_request()
    {
        await UsedAsync(99);
        var day = DateOnly.FromDateTime(_zoomHost.Now.UtcDateTime);

        var taken = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            _zoomHost.TestTenant.Database.ReadAsync(db => QuotaLedger.TakeAsync(db, ZoomTestHost.Key, day, CancellationToken.None))));

        taken.Should().BeEquivalentTo(new int?[] { 100, null, null });
        (await _zoomHost.UsedAsync()).Should().Be(100);
    }

    [Fact]
    public async Task Two_reconcilers_or_a_restart_never_send_a_101st_request()
    {
        await UsedAsync(40);
        var cleo = await _zoomHost.TestTenant.UserAsync("cleo");
        await _zoomHost.TestTenant.ConnectAsync(cleo, ZoomTestHost.Key);
        var hers = await _zoomHost.TestTenant.CalendarAsync(Core.Scheduling.CalendarType.Personal, [cleo]);
        await BookManyAsync(40);
        await BookManyAsync(40, hers);
        var second = _zoomHost.NewProcess();

        await Task.WhenAll(_zoomHost.ReconcileAsync(), second.ReconcileAsync(CancellationToken.None));
        var third = _zoomHost.NewProcess();
        await third.ReconcileAsync(CancellationToken.None);
        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(1));

        _zoomHost.Sent.Should().HaveCount(60);
        _zoomHost.Control.CountToday(ZoomTestHost.Zoom).Should().Be(60);
        (await _zoomHost.UsedAsync()).Should().Be(100);
        (await _zoomHost.EventsAsync(EventKind.QuotaNear)).Should().HaveCount(2, "Ben and Cleo are told once each");
        _zoomHost.InZoom.Select(meeting => meeting.Agenda).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(null, RetryAfterForm.None)]
    [InlineData(LimitKind.DailyMeeting, RetryAfterForm.Seconds)]
    [InlineData(LimitKind.DailyMeeting, RetryAfterForm.Instant)]
    [InlineData(LimitKind.DailyApi, RetryAfterForm.None)]
    [InlineData(LimitKind.DailyApi, RetryAfterForm.Instant)]
    public async Task The_account_waits_when_Zoom_says_that_the_day_is_used_up(LimitKind? said, RetryAfterForm until)
    {
        if (said is { } limit)
        {
            _zoomHost.Control.Fail(new SandboxFault { Mode = FaultMode.RateLimit, Limit = limit, RetryAfter = until });
        }
        else
        {
            _zoomHost.Control.SetCount(ZoomTestHost.Zoom, 100);
        }

        await BookManyAsync(3);

        await _zoomHost.ReconcileAsync();
        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(1));

        _zoomHost.Sent.Should().ContainSingle("after Zoom's word nothing more is tried");
        var status = await StatusAsync();
        (status.UsedUp, status.Left, status.Waiting).Should().Be((true, 0, 3));
        await _zoomHost.AdvanceAsync(Midnight - _zoomHost.Now + TimeSpan.FromSeconds(2));
        _zoomHost.InZoom.Should().HaveCount(3);
    }

    [Fact]
    public async Task No_request_is_sent_that_could_arrive_after_midnight()
    {
        await _zoomHost.AdvanceAsync(Midnight - _zoomHost.Now - TimeSpan.FromSeconds(10));

        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(1));
        _zoomHost.Sent.Should().BeEmpty();

        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(12));
        _zoomHost.Sent.Should().ContainSingle();
        (await _zoomHost.UsedAsync()).Should().Be(1);
        _zoomHost.Control.Counts.Should().ContainSingle().Which.Day.Should().Be(DateOnly.FromDateTime(_zoomHost.Now.UtcDateTime));
    }

    [Fact]
    public async Task The_day_follows_Zooms_clock_when_it_is_ahead()
    {
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(1));
        _zoomHost.Control.ShiftClock(TimeSpan.FromMinutes(5));
        await _zoomHost.AdvanceAsync(Midnight - _zoomHost.Now - TimeSpan.FromMinutes(30));
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(1).AddHours(1));
        (await _zoomHost.AccountAsync()).ClockOffset.Should().BeCloseTo(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2));

        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(26));
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(1).AddHours(2));

        _zoomHost.Control.Counts.Select(count => count.Count).Should().BeEquivalentTo([2, 1]);
        (await _zoomHost.TestTenant.Database.ReadAsync(db => db.QuotaDays.Select(quota => quota.Used).ToListAsync())).Should()
            .BeEquivalentTo([2, 1]);
    }

    [Fact]
    public async Task When_requests_are_scarce_creations_are_sent_and_deletions_and_later_updates_wait()
    {
        var far = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3), "Far");
        var gone = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(4), "Gone");
        var today = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddHours(3), "Today");
        await UsedAsync(85);

        await _zoomHost.EditAsync(far, "Far, changed");
        await _zoomHost.EditAsync(today, "Today, changed");
        await _zoomHost.CancelAsync(gone);
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(5), "New");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));

        _zoomHost.InZoom.Select(meeting => meeting.Topic).Should().BeEquivalentTo(["Far", "Gone", "Today, changed", "New"]);
        (await StatusAsync()).Forecast.Should().Be("2 waiting, 2 go at 00:00 UTC");

        await _zoomHost.AdvanceAsync(Midnight - _zoomHost.Now + TimeSpan.FromSeconds(2));
        _zoomHost.InZoom.Select(meeting => meeting.Topic).Should().BeEquivalentTo(["Far, changed", "Today, changed", "New"]);
    }

    [Fact]
    public async Task With_enough_requests_they_are_sent_in_order_of_urgency()
    {
        var gone = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddHours(1), "Gone");
        var far = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3), "Far");
        var today = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddHours(3), "Today");
        await _zoomHost.CancelAsync(gone, reconcile: false);
        await _zoomHost.EditAsync(far, "Far, changed");
        await _zoomHost.EditAsync(today, "Today, changed");
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(4), reconcile: false);
        await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddHours(4), reconcile: false);
        var before = _zoomHost.Sent.Count;

        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(30));

        _zoomHost.Sent.Skip(before).Should()
            .Equal(RequestKind.Update, RequestKind.Create, RequestKind.Create, RequestKind.Update, RequestKind.Delete);
    }

    [Fact]
    public async Task A_deletion_that_waits_until_its_meeting_is_over_is_never_sent()
    {
        var today = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddHours(3));
        await UsedAsync(100);

        await _zoomHost.CancelAsync(today);
        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(4));

        (await _zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped);
        await _zoomHost.AdvanceAsync(TimeSpan.FromDays(1));
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task The_creation_with_the_earliest_start_is_sent_first()
    {
        await UsedAsync(98);
        for (var hour = 5; hour > 0; hour--)
        {
            await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(hour), reconcile: false);
        }

        await _zoomHost.ReconcileAsync();

        _zoomHost.InZoom.Select(meeting => meeting.StartTime).Should()
            .Equal(_zoomHost.Tomorrow.AddHours(1), _zoomHost.Tomorrow.AddHours(2));
    }

    private Task<QuotaStatus> StatusAsync() =>
        new QuotaStatusReader(_zoomHost.TestTenant.Database).ReadAsync(ZoomTestHost.Key, _zoomHost.Now, CancellationToken.None);

    private async Task UsedAsync(int used)
    {
        var day = DateOnly.FromDateTime(_zoomHost.Now.UtcDateTime);
        await _zoomHost.TestTenant.Database.WriteAsync(async db =>
        {
            await db.QuotaDays.ExecuteDeleteAsync();
            db.QuotaDays.Add(new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = day, Used = used });
        });
    }

    private async Task BookManyAsync(int count, Core.Ids.CalendarId? calendar = null)
    {
        for (var i = 0; i < count; i++)
        {
            await _zoomHost.BookedAsync(calendar ?? _zoomHost.Personal, _zoomHost.Tomorrow.AddHours(i), reconcile: false);
        }
    }
}
