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
    public async Task A_page_learns_of_its_link_at_once() =>
        await HearAsync((zoomHost, heard) => heard.WaitAsync(Patience), zoomHost => zoomHost.TestTenant.Signals);

    [Fact]
    public async Task A_page_learns_within_a_second_of_a_link_created_by_another_process() => await HearAsync(
        (zoomHost, heard) => Eventually.HoldsAsync(
            () =>
            {
                zoomHost.Clock.Advance(TimeSpan.FromSeconds(1));
                return heard.IsCompleted;
            },
            Patience,
            "the page hears"),
        _ => new Signals());

    /// <param name="waitAsync">For the page to hear; unless it does so, the clock stands still.</param>
    /// <param name="signalsOf">What wakes the process that the page is open in.</param>
    private static async Task HearAsync(Func<ZoomTestHost, Task, Task> waitAsync, Func<ZoomTestHost, Signals> signalsOf)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, reconcile: false);
        var changes = new LiveChanges();
        using var feed = new LiveChangesFeed(
            zoomHost.TestTenant.Database, signalsOf(zoomHost), changes, zoomHost.Clock, NullLogger<LiveChangesFeed>.Instance);
        await feed.ReadAsync(CancellationToken.None);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var page = changes.Subscribe(zoomHost.TestTenant.SubAccount, () => heard.TrySetResult());
        await feed.StartAsync(CancellationToken.None);

        await zoomHost.ReconcileAsync();
        await waitAsync(zoomHost, heard.Task);

        (await zoomHost.LinkOfAsync(jo)).Should().NotBeNull();
        zoomHost.Control.Requests.Should().ContainSingle("only the creation was sent, nobody polls Zoom");
        await feed.StopAsync(CancellationToken.None);
    }
}
