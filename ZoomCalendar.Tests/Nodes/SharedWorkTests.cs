using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>Equal nodes at the same work: each piece is done by one of them, and a dead one's by another within a minute.</summary>
[OnPostgreSql]
public sealed class SharedWorkTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [DatabaseFact]
    public async Task Each_message_is_taken_by_one_node()
    {
        await using var studio = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await QueueAsync(studio, 60);
        var taken = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var node = NewQueue(studio);
            while (await node.LeaseNextAsync(studio.Now, CancellationToken.None) is { } message)
            {
                taken.Add(message.Id);
            }
        }));

        taken.Should().HaveCount(60).And.OnlyHaveUniqueItems();
    }

    [DatabaseFact]
    public async Task The_oldest_due_message_is_taken_first_and_one_that_was_given_back_at_once()
    {
        await using var studio = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await QueueAsync(studio, 2);
        var (stopping, other) = (NewQueue(studio), NewQueue(studio));

        var first = await stopping.LeaseNextAsync(studio.Now, CancellationToken.None);
        await stopping.ReleaseAsync(first!, CancellationToken.None);
        var again = await other.LeaseNextAsync(studio.Now, CancellationToken.None);

        again!.Id.Should().Be(first!.Id);
        first.DueAt.Should().Be(studio.Now.AddMinutes(-2));
    }

    [DatabaseFact]
    public async Task A_dead_node_s_message_is_another_s_after_a_minute()
    {
        await using var studio = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await QueueAsync(studio, 1);
        var (dead, alive) = (NewQueue(studio), NewQueue(studio));
        (await dead.LeaseNextAsync(studio.Now, CancellationToken.None)).Should().NotBeNull();

        (await alive.LeaseNextAsync(studio.Now + Minute - TimeSpan.FromSeconds(1), CancellationToken.None)).Should().BeNull();
        (await alive.LeaseNextAsync(studio.Now + Minute, CancellationToken.None)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task Woken_by_the_same_events_nodes_write_and_send_each_message_once()
    {
        await using var studio = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        MailTestHost[] nodes = [new(studio), new(studio), new(studio)];
        await nodes[0].StartAsync();
        var ben = await studio.UserAsync("ben");
        var calendar = await studio.CalendarAsync(CalendarType.Personal, [ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        for (var i = 0; i < 12; i++)
        {
            await studio.BookedAsync(calendar, studio.Now.AddDays(1).AddHours(i));
        }

        await Task.WhenAll(nodes.Select(node => Task.Run(node.WorkAsync)));
        await nodes[0].WorkAsync();

        var rows = await nodes[0].RowsAsync();
        rows.Where(row => row.State == MessageState.Sent).Should().NotBeEmpty();
        nodes.Sum(node => node.Box.Letters.Count).Should().Be(rows.Count(row => row.State == MessageState.Sent), "each was delivered once");
        rows.GroupBy(row => (row.AppointmentId, row.Kind, row.Receiver, row.MinutesBefore)).Should().OnlyContain(group => group.Count() == 1);
    }

    [DatabaseFact]
    public async Task Zoom_s_webhooks_that_a_dead_node_held_are_another_s_after_a_minute()
    {
        await using var studio = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await studio.Database.WriteAsync(db => db.WebhookMessages.AddRangeAsync(Enumerable.Range(0, 20).Select(i => new WebhookMessage
        {
            Fingerprint = $"{i}",
            Event = "meeting.updated",
            ReceivedAt = studio.Now,
            NextAttemptAt = i == 0 ? studio.Now + Minute : studio.Now,
        })));
        WebhookInboxProcessor[] nodes = [NewInboxWork(studio), NewInboxWork(studio), NewInboxWork(studio)];

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.RunAsync(studio.Now, CancellationToken.None))));

        (await OpenAsync(studio)).Should().Be(1, "the one that a dead node holds");
        await nodes[1].RunAsync(studio.Now + Minute, CancellationToken.None);
        (await OpenAsync(studio)).Should().Be(0);
    }

    [DatabaseFact]
    public async Task A_node_killed_with_a_request_in_flight_loses_nothing_and_another_goes_on_when_its_lease_ends()
    {
        await using var world = await ZoomTestHost.CreateAsync(DatabaseProvider.PostgreSql);
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow, reconcile: false);
        world.Reconciler.Reached = step => _ = step is ReconcilerStep.Answered ? throw new InvalidOperationException("killed") : step;
        await world.ReconcileAsync();
        var alive = world.NewProcess();

        world.Clock.Advance(Minute - TimeSpan.FromSeconds(1));
        (await alive.StartDueAsync(CancellationToken.None)).Should().Be(0, "perhaps it is only slow");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await alive.ReconcileAsync(CancellationToken.None);

        (await world.LinkOfAsync(jo)).Should().Be(world.InZoom.Should().ContainSingle().Subject.JoinUrl);
        world.Sent.Should().ContainSingle("the meeting was found, not made again");
    }

    private static MessageQueue NewQueue(TestTenant studio) => new(TestDatabase.Open(DatabaseProvider.PostgreSql, studio.Database.ConnectionString));

    // Without a meeting or a user there is nothing to ask anybody about.
    private static WebhookInboxProcessor NewInboxWork(TestTenant studio) => new(
        TestDatabase.Open(DatabaseProvider.PostgreSql, studio.Database.ConnectionString), null!, studio.Signals, NullLogger<WebhookInboxProcessor>.Instance);

    private static Task<int> OpenAsync(TestTenant studio) => studio.Database.ReadAsync(db => db.WebhookMessages.CountAsync(row => row.NextAttemptAt != null));

    private static Task QueueAsync(TestTenant studio, int count) => studio.Database.WriteAsync(db => db.Messages.AddRangeAsync(Enumerable.Range(0, count).Select(i => new Message
    {
        Id = Guid.CreateVersion7(studio.Now),
        Kind = MessageKind.Account,
        Receiver = MessageReceiver.User,
        DueAt = studio.Now.AddMinutes(-i - 1),
        CreatedAt = studio.Now,
    })));
}
