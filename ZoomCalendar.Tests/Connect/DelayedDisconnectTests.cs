using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Connect;

/// <summary>Background work of connections: delayed disconnects and unfinished connect attempts.</summary>
public abstract class DelayedDisconnectTests(DatabaseProvider provider) : ConnectTest(provider)
{
    private DelayedDisconnects Delayed => App.GetRequiredService<DelayedDisconnects>();

    private ConnectAttempts Attempts => App.GetRequiredService<ConnectAttempts>();

    [DatabaseFact]
    public async Task A_delayed_disconnect_ends_only_after_the_last_waiting_deletion()
    {
        await ConnectAsync();
        var deletion = await DeletionAsync();
        await Delayed.RequestAsync(Studio, Ada, Now, default);

        await Delayed.FinishAsync(Now, default);
        var between = await CardAsync();
        await ChangeAsync(deletion, meeting => meeting.Drop());
        await Delayed.FinishAsync(Now, default);

        between!.EndAskedAt.Should().Be(Now);
        (await CardAsync()).Should().BeNull();
        Zoom.Control.IsConnected(AdaZoom).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task A_delayed_disconnect_ends_at_the_last_deletion_without_the_sweep()
    {
        await ConnectAsync();
        await DeletionAsync();
        await Delayed.RequestAsync(Studio, Ada, Now, default);
        var loop = App.GetServices<IHostedService>().OfType<DelayedDisconnectService>().Single();
        await loop.StartAsync(default);

        (await CardAsync()).Should().NotBeNull();
        // Zoom has no such meeting, which counts as deleted.
        await App.GetRequiredService<MeetingReconciler>().ReconcileAsync(default);

        await Eventually.HoldsAsync(
            async () => await CardAsync() is null, TimeSpan.FromSeconds(20), "the connection has ended, with the clock standing still");
        Zoom.Control.CountToday(AdaZoom).Should().Be(1);
        await loop.StopAsync(default);
    }

    [DatabaseFact]
    public async Task A_delayed_disconnect_without_waiting_deletions_ends_at_once()
    {
        await ConnectAsync();
        var loop = App.GetServices<IHostedService>().OfType<DelayedDisconnectService>().Single();
        await loop.StartAsync(default);

        await Delayed.RequestAsync(Studio, Ada, Now, default);

        await Eventually.HoldsAsync(
            async () => await CardAsync() is null, TimeSpan.FromSeconds(20), "the connection has ended, with the clock standing still");
        await loop.StopAsync(default);
    }

    [DatabaseFact]
    public async Task A_delayed_disconnect_does_not_wait_for_a_deletion_whose_slot_is_over()
    {
        await ConnectAsync();
        await DeletionAsync();
        await Delayed.RequestAsync(Studio, Ada, Now, default);

        Clock.Advance(TimeSpan.FromHours(2));
        await Delayed.FinishAsync(Now, default);

        (await CardAsync()).Should().BeNull();
    }

    [DatabaseFact]
    public async Task A_delayed_disconnect_that_is_withdrawn_or_followed_by_a_reconnection_does_not_happen()
    {
        await ConnectAsync();
        await Delayed.RequestAsync(Studio, Ada, Now, default);
        await Delayed.CancelAsync(Studio, Ada, default);
        await Delayed.FinishAsync(Now, default);
        var takenBack = await CardAsync();

        await Delayed.RequestAsync(Studio, Ada, Now, default);
        await ConnectAsync();
        await Delayed.FinishAsync(Now, default);

        takenBack!.EndAskedAt.Should().BeNull();
        (await CardAsync())!.EndAskedAt.Should().BeNull();
    }

    [DatabaseFact]
    public async Task Only_the_requesting_user_is_disconnected_and_a_request_without_a_connection_has_no_effect()
    {
        await ConnectAsync();
        await ConnectAsync(Studio, Ben);
        await Delayed.RequestAsync(Studio, Ben, Now, default);

        await Delayed.FinishAsync(Now, default);

        (await CardAsync()).Should().NotBeNull();
        (await Delayed.RequestAsync(Studio, Ben, Now, default)).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task An_unfinished_connect_attempt_is_stored_for_a_week()
    {
        await Attempts.StartAsync(Studio, Ada, Now.AddHours(-1), default);
        await Attempts.StartAsync(Studio, Ada, Now, default);
        var started = Now;

        (await Attempts.OpenSinceAsync(Studio, Ada, Now, default)).Should().Be(started);
        (await Attempts.OpenSinceAsync(Branch, Ada, Now, default)).Should().BeNull();
        Clock.Advance(TimeSpan.FromDays(7));
        (await Attempts.OpenSinceAsync(Studio, Ada, Now, default)).Should().BeNull();
        await Attempts.SweepAsync(Now, default);

        await using var db = NewDb();
        (await db.ConnectAttempts.CountAsync()).Should().Be(0);
    }

    private Task<SlotMeetingId> DeletionAsync() => MeetingAsync(
        meeting =>
        {
            GoLive(meeting);
            meeting.Release(Now);
        },
        zoomUserKey: KeyOf(AdaZoom));

    private Task<ConnectionView?> CardAsync() => App.GetRequiredService<ConnectionReader>().FindAsync(Studio, Ada, default);

    private async Task ChangeAsync(SlotMeetingId id, Action<SlotMeeting> change)
    {
        await using var db = NewDb();
        change(await db.SlotMeetings.SingleAsync(meeting => meeting.Id == id));
        await db.SaveChangesAsync();
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteDelayedDisconnectTests() : DelayedDisconnectTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlDelayedDisconnectTests() : DelayedDisconnectTests(DatabaseProvider.PostgreSql);
