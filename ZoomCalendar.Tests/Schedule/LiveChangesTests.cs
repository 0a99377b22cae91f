using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class LiveChangesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly LiveChanges _changes = new();

    [Fact]
    public void After_disposal_there_are_no_subscribers()
    {
        var business = SubAccountId.New(Now);
        var first = _changes.Subscribe(business, () => { });
        var second = _changes.Subscribe(business, () => { });

        first.Dispose();
        second.Dispose();
        second.Dispose();

        _changes.SubscriberCount.Should().Be(0);
    }

    [Fact]
    public void Only_subscribers_of_the_sub_account_are_notified()
    {
        var (one, other) = (SubAccountId.New(Now), SubAccountId.New(Now));
        var told = new List<string>();
        using var stays = _changes.Subscribe(one, () => told.Add("one"));
        using var elsewhere = _changes.Subscribe(other, () => told.Add("other"));
        _changes.Subscribe(one, () => told.Add("left")).Dispose();

        _changes.Notify(one);

        told.Should().Equal("one");
    }

    [Fact]
    public void A_subscriber_may_unsubscribe_during_a_notification()
    {
        var business = SubAccountId.New(Now);
        IDisposable? subscription = null;
        subscription = _changes.Subscribe(business, () => subscription!.Dispose());

        _changes.Notify(business);

        _changes.SubscriberCount.Should().Be(0);
    }

    [Fact]
    public async Task Events_written_after_the_start_notify_once_each()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var told = 0;
        using var subscription = _changes.Subscribe(tenant.SubAccount, () => told++);
        using var feed = new LiveChangesFeed(
            tenant.Database, tenant.Signals, _changes, new FakeTimeProvider(), NullLogger<LiveChangesFeed>.Instance);
        await WriteAsync(tenant);

        await feed.ReadAsync(CancellationToken.None);
        told.Should().Be(0, "what was there before is on the page already");

        await WriteAsync(tenant);
        await WriteAsync(tenant);
        await feed.ReadAsync(CancellationToken.None);
        await feed.ReadAsync(CancellationToken.None);

        told.Should().Be(1);
    }

    [Fact]
    public async Task A_commit_in_this_process_wakes_the_feed_without_waiting_for_the_clock()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var told = new TaskCompletionSource();
        using var subscription = _changes.Subscribe(tenant.SubAccount, () => told.TrySetResult());
        using var feed = new LiveChangesFeed(
            tenant.Database, tenant.Signals, _changes, new FakeTimeProvider(), NullLogger<LiveChangesFeed>.Instance);
        await feed.ReadAsync(CancellationToken.None);
        await feed.StartAsync(CancellationToken.None);

        await WriteAsync(tenant);
        tenant.Signals.Committed();

        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await feed.StopAsync(CancellationToken.None);
    }

    private static Task WriteAsync(TestTenant tenant) => tenant.Database.WriteAsync(db =>
        db.Events.AddAsync(new Event { At = Now, SubAccountId = tenant.SubAccount, Kind = EventKind.LinkReady }).AsTask());
}
