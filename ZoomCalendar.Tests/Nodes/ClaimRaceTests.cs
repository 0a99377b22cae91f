using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Api;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>Two processes that look at the same queue at the same moment: each piece of work is one's, on either database.</summary>
public abstract class ClaimRaceTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestTenant _tenant = null!;

    public async Task InitializeAsync() => _tenant = await TestTenant.CreateAsync(provider);

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Two_concurrent_mail_senders_never_claim_the_same_message()
    {
        for (var round = 0; round < 10; round++)
        {
            await QueueMessageAsync();
            var moment = new SameMoment(2, "UPDATE");

            var taken = await BothAsync(moment, contexts => new MessageQueue(contexts).LeaseNextAsync(_tenant.Now, CancellationToken.None));

            moment.AllMet.Should().BeTrue();
            taken.OfType<Message>().Should().ContainSingle();
        }
    }

    [DatabaseFact]
    public async Task Two_concurrent_webhook_senders_send_a_delivery_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await SubscribeAsync(_tenant, receiver.Url);
        for (var round = 2; round <= 20; round += 2)
        {
            // Two, so that there would be something for the second sender.
            await DeliveryAsync(round - 1);
            await DeliveryAsync(round);
            var moment = new SameMoment(2, "UPDATE");

            await BothAsync(moment, async contexts =>
            {
                using var http = NewHttp();
                var sender = new WebhookSender(contexts, NewSigner(), http);
                while (await sender.SendDueAsync(() => _tenant.Now, CancellationToken.None) > 0)
                {
                    await sender.DrainAsync();
                }

                return sender;
            });

            moment.AllMet.Should().BeTrue();
            receiver.Received.Should().HaveCount(round);
            receiver.Received.Select(each => each.Text).Should().OnlyHaveUniqueItems();
        }
    }

    [DatabaseFact]
    public async Task Two_concurrent_webhook_workers_handle_a_message_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var fingerprint = $"{round}";
            await _tenant.Database.WriteAsync(db => db.WebhookMessages.AddAsync(new WebhookMessage
            {
                Fingerprint = fingerprint,
                Event = "meeting.updated",
                ReceivedAt = _tenant.Now,
                MeetingId = 1,
                NextAttemptAt = _tenant.Now,
            }).AsTask());
            var moment = new SameMoment(2, "UPDATE");
            var looks = new StatementCounter();

            await BothAsync(
                moment,
                async contexts =>
                {
                    await new WebhookInboxProcessor(contexts, null!, _tenant.Signals, NullLogger<WebhookInboxProcessor>.Instance)
                        .RunAsync(_tenant.Now, CancellationToken.None);
                    return contexts;
                },
                looks);

            moment.AllMet.Should().BeTrue();
            looks.Statements.Count(sql => sql.Contains("slot_meetings")).Should().Be(1);
        }
    }

    [DatabaseFact]
    public async Task Two_concurrent_webhook_readers_write_each_delivery_once()
    {
        await SubscribeAsync(_tenant, "https://example.com/hook");
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_tenant.Admin]);
        await ReadAsync(_tenant.Database);
        for (var round = 1; round <= 5; round++)
        {
            await _tenant.BookedAsync(calendar, _tenant.Now.AddHours(round));
            var moment = new SameMoment(2, "event_readers");

            await BothAsync(moment, ReadAsync);
            while (await ReadAsync(_tenant.Database) > 0)
            {
            }

            (await _tenant.Database.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.Type == WebhookType.AppointmentCreate)))
                .Should().Be(round);
        }

        async Task<int> ReadAsync(IDbContextFactory<ZoomCalendarContext> contexts) =>
            await new WebhookReader(contexts, new AppointmentQueries(contexts), new WebhookBodies())
                .ReadAsync(_tenant.Now, CancellationToken.None) ? 1 : 0;
    }

    [DatabaseFact]
    public async Task Two_concurrent_message_writers_write_each_message_once()
    {
        await new MessageWriter(_tenant.Database, new MessageSettings()).StartAsync(CancellationToken.None);
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Personal, [_tenant.Admin], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        for (var round = 1; round <= 5; round++)
        {
            await _tenant.BookedAsync(calendar, _tenant.Now.AddHours(round));
            var moment = new SameMoment(2, "event_readers");

            await BothAsync(moment, async contexts =>
            {
                var writer = new MessageWriter(contexts, new MessageSettings());
                while (await writer.ReadAsync(_tenant.Now, CancellationToken.None) > 0)
                {
                }

                return writer;
            });

            (await _tenant.Database.ReadAsync(db => db.Messages.CountAsync(
                row => row.Kind == MessageKind.Confirmation && row.Receiver == MessageReceiver.Booker))).Should().Be(round);
        }
    }

    [DatabaseFact]
    public async Task Two_concurrent_waiting_list_processors_offer_a_freed_seat_once()
    {
        var yoga = await _tenant.CalendarAsync(
            CalendarType.ClassBooking,
            [_tenant.Admin],
            new BookingRules { Seats = 1 },
            new MeetingLocation(MeetingLocationKind.InPerson, "Hall"));
        var start = _tenant.Now.AddDays(2);
        var seated = await _tenant.BookedAsync(yoga, start);
        var line = _tenant.WaitingList;
        foreach (var name in new[] { "kim", "lee" })
        {
            var booker = new Booker { Name = name, Email = $"{name}@example.test" };
            (await line.JoinAsync(
                new JoinRequest(WaitingId.New(_tenant.Now), yoga, start) { Booker = booker },
                Actor.ForBooker(_tenant.SubAccount),
                _tenant.Now,
                CancellationToken.None)).Succeeded.Should().BeTrue();
        }

        await _tenant.CancelAsync(seated);
        var moment = new SameMoment(2, "UPDATE");

        await BothAsync(moment, async contexts =>
        {
            await new WaitingListProcessor(
                contexts,
                new WaitingListMessageQueue(),
                _tenant.Signals,
                NullLogger<WaitingListProcessor>.Instance).WorkAsync(_tenant.Now, CancellationToken.None);
            return contexts;
        });

        (await _tenant.Database.ReadAsync(db => db.WaitingEntries.CountAsync(row => row.State == WaitingState.Offered))).Should().Be(1);
        (await _tenant.Database.ReadAsync(db => db.Messages.CountAsync(row => row.Kind == MessageKind.SeatOffered))).Should().Be(1);
    }

    /// <summary>Each on connections of its own.</summary>
    private async Task<T[]> BothAsync<T>(
        SameMoment moment, Func<IDbContextFactory<ZoomCalendarContext>, Task<T>> work, StatementCounter? counter = null)
    {
        var processes = Enumerable.Range(0, 2)
            .Select(_ => TestDatabase.Open(
                provider, _tenant.Database.ConnectionString, counter is null ? [moment.ForOne()] : [counter, moment.ForOne()])).ToList();
        return await Task.WhenAll(processes.Select(process => Task.Run(() => work(process)))).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private Task QueueMessageAsync() => _tenant.Database.WriteAsync(async db =>
    {
        await db.Messages.ExecuteDeleteAsync();
        db.Messages.Add(new Message
        {
            Id = Guid.CreateVersion7(_tenant.Now),
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            DueAt = _tenant.Now,
            CreatedAt = _tenant.Now,
        });
    });

    private Task DeliveryAsync(long eventId) => _tenant.Database.WriteAsync(async db =>
    {
        var webhook = await db.Webhooks.SingleAsync();
        db.WebhookDeliveries.Add(FairWebhookTests.Delivery(webhook.Id, eventId, _tenant.Now));
    });

    internal static Task SubscribeAsync(TestTenant tenant, string url) =>
        new WebhookSubscriptions(tenant.Database, Options.Create(new WebhookOptions { AllowPrivateAddresses = true }))
            .CreateAsync(WebhookId.New(tenant.Now), url, [], tenant.SubAccount, null, tenant.Now, CancellationToken.None);

    internal static WebhookHttp NewHttp() => new(Options.Create(new WebhookOptions { AllowPrivateAddresses = true }));

    private WebhookSigner NewSigner() => new(_tenant.Database, FairWebhookTests.Keys);
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteClaimRaceTests() : ClaimRaceTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlClaimRaceTests() : ClaimRaceTests(DatabaseProvider.PostgreSql)
{
    /// <summary>A sender that waited for another one's row would be as slow as the slowest node.</summary>
    [DatabaseFact]
    public async Task A_row_claimed_by_another_node_is_skipped_without_waiting()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        var ids = new[] { Guid.CreateVersion7(tenant.Now), Guid.CreateVersion7(tenant.Now.AddSeconds(1)) };
        await tenant.Database.WriteAsync(db => db.Messages.AddRangeAsync(ids.Select((id, i) => new Message
        {
            Id = id,
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            DueAt = tenant.Now.AddMinutes(i - 5),
            CreatedAt = tenant.Now,
        })));
        await tenant.Database.WriteAsync(db => db.EventReaders.AddAsync(new EventReader { Name = "webhooks" }).AsTask());
        await using var other = tenant.Database.CreateDbContext();
        await using var claiming = await other.Database.BeginTransactionAsync();
        await other.Database.ExecuteSqlAsync($"""UPDATE messages SET "LeaseUntil" = "DueAt" WHERE "Id" = {ids[0]}""");
        await other.Database.ExecuteSqlAsync($"""SELECT 1 FROM event_readers FOR UPDATE""");

        var taken = await new MessageQueue(tenant.Database).LeaseNextAsync(tenant.Now, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(10));
        await using var reading = tenant.Database.CreateDbContext();
        await using var transaction = await reading.Database.BeginTransactionAsync();
        var reader = await reading.LockReaderAsync("webhooks", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        taken!.Id.Should().Be(ids[1]);
        reader.Should().BeNull();
    }
}
