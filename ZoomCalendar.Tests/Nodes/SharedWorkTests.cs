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

/// <summary>Nodes share work: each item is handled by one node, and a crashed node's by another within a minute.</summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class SharedWorkTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [DatabaseFact]
    public async Task Each_message_is_taken_by_one_node()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await QueueAsync(tenant, 60);
        var taken = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var node = NewQueue(tenant);
            while (await node.LeaseNextAsync(tenant.Now, CancellationToken.None) is { } message)
            {
                taken.Add(message.Id);
            }
        }));

        taken.Should().HaveCount(60).And.OnlyHaveUniqueItems();
    }

    [DatabaseFact]
    public async Task The_oldest_due_message_is_taken_first_and_a_released_one_at_once()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await QueueAsync(tenant, 2);
        var (stopping, other) = (NewQueue(tenant), NewQueue(tenant));

        var first = await stopping.LeaseNextAsync(tenant.Now, CancellationToken.None);
        await stopping.ReleaseAsync(first!, CancellationToken.None);
        var again = await other.LeaseNextAsync(tenant.Now, CancellationToken.None);

        again!.Id.Should().Be(first!.Id);
        first.DueAt.Should().Be(tenant.Now.AddMinutes(-2));
    }

    [DatabaseFact]
    public async Task A_crashed_nodes_message_is_taken_over_after_a_minute()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await QueueAsync(tenant, 1);
        var (dead, alive) = (NewQueue(tenant), NewQueue(tenant));
        (await dead.LeaseNextAsync(tenant.Now, CancellationToken.None)).Should().NotBeNull();

        (await alive.LeaseNextAsync(tenant.Now + Minute - TimeSpan.FromSeconds(1), CancellationToken.None)).Should().BeNull();
        (await alive.LeaseNextAsync(tenant.Now + Minute, CancellationToken.None)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task Nodes_woken_by_the_same_events_send_each_message_once()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        MailTestHost[] nodes = [new(tenant), new(tenant), new(tenant)];
        await nodes[0].StartAsync();
        var ben = await tenant.UserAsync("ben");
        var calendar = await tenant.CalendarAsync(
            CalendarType.Personal, [ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        for (var i = 0; i < 12; i++)
        {
            await tenant.BookedAsync(calendar, tenant.Now.AddDays(1).AddHours(i));
        }

        await Task.WhenAll(nodes.Select(node => Task.Run(node.WorkAsync)));
        await nodes[0].WorkAsync();

        var rows = await nodes[0].RowsAsync();
        rows.Where(row => row.State == MessageState.Sent).Should().NotBeEmpty();
        nodes.Sum(node => node.Box.Letters.Count).Should().Be(rows.Count(row => row.State == MessageState.Sent), "each was delivered once");
        rows.GroupBy(row => (row.AppointmentId, row.Kind, row.Receiver, row.MinutesBefore)).Should()
            .OnlyContain(group => group.Count() == 1);
    }

    [DatabaseFact]
    public async Task Webhooks_held_by_a_crashed_node_are_taken_over_after_a_minute()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await tenant.Database.WriteAsync(db => db.WebhookMessages.AddRangeAsync(Enumerable.Range(0, 20).Select(i => new WebhookMessage
        {
            Fingerprint = $"{i}",
            Event = "meeting.updated",
            ReceivedAt = tenant.Now,
            NextAttemptAt = i == 0 ? tenant.Now + Minute : tenant.Now,
        })));
        WebhookInboxProcessor[] nodes = [NewInboxWork(tenant), NewInboxWork(tenant), NewInboxWork(tenant)];

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.RunAsync(tenant.Now, CancellationToken.None))));

        (await OpenAsync(tenant)).Should().Be(1, "the one that a dead node holds");
        await nodes[1].RunAsync(tenant.Now + Minute, CancellationToken.None);
        (await OpenAsync(tenant)).Should().Be(0);
    }

    [DatabaseFact]
    public async Task A_node_killed_with_a_request_in_flight_is_replaced_when_its_lease_ends()
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync(DatabaseProvider.PostgreSql);
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, reconcile: false);
        zoomHost.Reconciler.Reached = step => _ = step is ReconcilerStep.Answered ? throw new InvalidOperationException("killed") : step;
        await zoomHost.ReconcileAsync();
        var alive = zoomHost.NewProcess();

        zoomHost.Clock.Advance(Minute - TimeSpan.FromSeconds(1));
        (await alive.StartDueAsync(CancellationToken.None)).Should().Be(0, "perhaps it is only slow");
        zoomHost.Clock.Advance(TimeSpan.FromSeconds(1));
        await alive.ReconcileAsync(CancellationToken.None);

        (await zoomHost.LinkOfAsync(jo)).Should().Be(zoomHost.InZoom.Should().ContainSingle().Subject.JoinUrl);
        zoomHost.Sent.Should().ContainSingle("the meeting was found, not made again");
    }

    private static MessageQueue NewQueue(TestTenant tenant) =>
        new(TestDatabase.Open(DatabaseProvider.PostgreSql, tenant.Database.ConnectionString));

    // Without a meeting or a user there is nothing to ask anybody about.
    private static WebhookInboxProcessor NewInboxWork(TestTenant tenant) => new(
        TestDatabase.Open(DatabaseProvider.PostgreSql, tenant.Database.ConnectionString),
        null!,
        tenant.Signals,
        NullLogger<WebhookInboxProcessor>.Instance);

    private static Task<int> OpenAsync(TestTenant tenant) =>
        tenant.Database.ReadAsync(db => db.WebhookMessages.CountAsync(row => row.NextAttemptAt != null));

    private static Task QueueAsync(TestTenant tenant, int count) =>
        tenant.Database.WriteAsync(db => db.Messages.AddRangeAsync(Enumerable.Range(0, count).Select(i => new Message
        {
            Id = Guid.CreateVersion7(tenant.Now),
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            DueAt = tenant.Now.AddMinutes(-i - 1),
            CreatedAt = tenant.Now,
        })));
}
