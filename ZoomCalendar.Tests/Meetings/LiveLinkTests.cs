using Microsoft.Extensions.Logging.Abstractions;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>From Zoom's answer to an open page.</summary>
public sealed class LiveLinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_page_hears_of_its_link_at_once() => await HearAsync((world, heard) => heard.WaitAsync(Patience), world => world.TestTenant.Signals);

    [Fact]
    public async Task A_page_hears_of_a_link_that_another_process_made_at_the_next_second() => await HearAsync(
        (world, heard) => Eventually.HoldsAsync(
            () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
                return heard.IsCompleted;
            },
            Patience,
            "the page hears"),
        _ => new Signals());

    /// <param name="waitAsync">For the page to hear; unless it does so, the clock stands still.</param>
    /// <param name="signalsOf">What wakes the process that the page is open in.</param>
    private static async Task HearAsync(Func<ZoomTestHost, Task, Task> waitAsync, Func<ZoomTestHost, Signals> signalsOf)
    {
        await using var world = await ZoomTestHost.CreateAsync();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow, reconcile: false);
        var changes = new LiveChanges();
        using var feed = new LiveChangesFeed(world.TestTenant.Database, signalsOf(world), changes, world.Clock, NullLogger<LiveChangesFeed>.Instance);
        await feed.ReadAsync(CancellationToken.None);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var page = changes.Subscribe(world.TestTenant.SubAccount, () => heard.TrySetResult());
        await feed.StartAsync(CancellationToken.None);

        await world.ReconcileAsync();
        await waitAsync(world, heard.Task);

        (await world.LinkOfAsync(jo)).Should().NotBeNull();
        world.Control.Requests.Should().ContainSingle("only the creation was sent, nobody polls Zoom");
        await feed.StopAsync(CancellationToken.None);
    }
}
