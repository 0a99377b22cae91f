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
    private TestTenant _studio = null!;

    public async Task InitializeAsync() => _studio = await TestTenant.CreateAsync(provider);

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Two_mail_senders_that_claim_at_the_same_moment_never_get_the_same_message()
    {
        for (var round = 0; round < 10; round++)
        {
            await QueueMessageAsync();
            var moment = new SameMoment(2, "UPDATE");

            var taken = await BothAsync(moment, contexts => new MessageQueue(contexts).LeaseNextAsync(_studio.Now, CancellationToken.None));

            moment.AllMet.Should().BeTrue();
            taken.OfType<Message>().Should().ContainSingle();
        }
    }

    [DatabaseFact]
    public async Task Two_webhook_senders_that_claim_at_the_same_moment_send_a_delivery_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await SubscribeAsync(_studio, receiver.Url);
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
                while (await sender.SendDueAsync(() => _studio.Now, CancellationToken.None) > 0)
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
    public async Task Two_workers_of_Zooms_webhooks_that_claim_at_the_same_moment_work_on_a_message_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var fingerprint = $"{round}";
            await _studio.Database.WriteAsync(db => db.WebhookMessages.AddAsync(new WebhookMessage
            {
                Fingerprint = fingerprint, Event = "meeting.updated", ReceivedAt = _studio.Now, MeetingId = 1, NextAttemptAt = _studio.Now,
            }).AsTask());
            var moment = new SameMoment(2, "UPDATE");
            var looks = new StatementCounter();

            await BothAsync(
                moment,
                async contexts =>
                {
                    await new WebhookInboxProcessor(contexts, null!, _studio.Signals, NullLogger<WebhookInboxProcessor>.Instance).RunAsync(_studio.Now, CancellationToken.None);
                    return contexts;
                },
                looks);

            moment.AllMet.Should().BeTrue();
            looks.Statements.Count(sql => sql.Contains("slot_meetings")).Should().Be(1);
        }
    }

    [DatabaseFact]
    public async Task Two_webhook_readers_that_read_at_the_same_moment_write_each_delivery_once()
    {
        await SubscribeAsync(_studio, "https://example.com/hook");
        var calendar = await _studio.CalendarAsync(CalendarType.Personal, [_studio.Admin]);
        await ReadAsync(_studio.Database);
        for (var round = 1; round <= 5; round++)
        {
            await _studio.BookedAsync(calendar, _studio.Now.AddHours(round));
            var moment = new SameMoment(2, "event_readers");

            await BothAsync(moment, ReadAsync);
            while (await ReadAsync(_studio.Database) > 0)
            {
            }

            (await _studio.Database.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.Type == WebhookType.AppointmentCreate))).Should().Be(round);
        }

        async Task<int> ReadAsync(IDbContextFactory<ZoomCalendarContext> contexts) =>
            await new WebhookReader(contexts, new AppointmentQueries(contexts), new WebhookBodies()).ReadAsync(_studio.Now, CancellationToken.None) ? 1 : 0;
    }

    [DatabaseFact]
    public async Task Two_message_writers_that_read_at_the_same_moment_write_each_message_once()
    {
        await new MessageWriter(_studio.Database, new MessageSettings()).StartAsync(CancellationToken.None);
        var calendar = await _studio.CalendarAsync(CalendarType.Personal, [_studio.Admin], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        for (var round = 1; round <= 5; round++)
        {
            await _studio.BookedAsync(calendar, _studio.Now.AddHours(round));
            var moment = new SameMoment(2, "event_readers");

            await BothAsync(moment, async contexts =>
            {
                var writer = new MessageWriter(contexts, new MessageSettings());
                while (await writer.ReadAsync(_studio.Now, CancellationToken.None) > 0)
                {
                }

                return writer;
            });

            (await _studio.Database.ReadAsync(db => db.Messages.CountAsync(row => row.Kind == MessageKind.Confirmation && row.Receiver == MessageReceiver.Booker))).Should().Be(round);
        }
    }

    [DatabaseFact]
    public async Task Two_processors_of_the_waiting_list_that_look_at_the_same_moment_offer_a_freed_seat_once()
    {
        var yoga = await _studio.CalendarAsync(CalendarType.ClassBooking, [_studio.Admin], new BookingRules { Seats = 1 }, new MeetingLocation(MeetingLocationKind.InPerson, "Hall"));
        var start = _studio.Now.AddDays(2);
        var seated = await _studio.BookedAsync(yoga, start);
        var line = _studio.WaitingList;
        foreach (var name in new[] { "kim", "lee" })
        {
            var booker = new Booker { Name = name, Email = $"{name}@example.test" };
            (await line.JoinAsync(new JoinRequest(WaitingId.New(_studio.Now), yoga, start) { Booker = booker }, Actor.ForBooker(_studio.SubAccount), _studio.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        }

        await _studio.CancelAsync(seated);
        var moment = new SameMoment(2, "UPDATE");

        await BothAsync(moment, async contexts =>
        {
            await new WaitingListProcessor(contexts, new WaitingListMessageQueue(), _studio.Signals, NullLogger<WaitingListProcessor>.Instance).WorkAsync(_studio.Now, CancellationToken.None);
            return contexts;
        });

        (await _studio.Database.ReadAsync(db => db.WaitingEntries.CountAsync(row => row.State == WaitingState.Offered))).Should().Be(1);
        (await _studio.Database.ReadAsync(db => db.Messages.CountAsync(row => row.Kind == MessageKind.SeatOffered))).Should().Be(1);
    }

    /// <summary>Each on connections of its own.</summary>
    private async Task<T[]> BothAsync<T>(SameMoment moment, Func<IDbContextFactory<ZoomCalendarContext>, Task<T>> work, StatementCounter? counter = null)
    {
        var processes = Enumerable.Range(0, 2)
            .Select(_ => TestDatabase.Open(provider, _studio.Database.ConnectionString, counter is null ? [moment.ForOne()] : [counter, moment.ForOne()])).ToList();
        return await Task.WhenAll(processes.Select(process => Task.Run(() => work(process)))).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private Task QueueMessageAsync() => _studio.Database.WriteAsync(async db =>
    {
        await db.Messages.ExecuteDeleteAsync();
        db.Messages.Add(new Message { Id = Guid.CreateVersion7(_studio.Now), Kind = MessageKind.Account, Receiver = MessageReceiver.User, DueAt = _studio.Now, CreatedAt = _studio.Now });
    });

    private Task DeliveryAsync(long eventId) => _studio.Database.WriteAsync(async db =>
    {
        var webhook = await db.Webhooks.SingleAsync();
        db.WebhookDeliveries.Add(FairWebhookTests.Delivery(webhook.Id, eventId, _studio.Now));
    });

    internal static Task SubscribeAsync(TestTenant studio, string url) =>
        new WebhookSubscriptions(studio.Database, Options.Create(new WebhookOptions { AllowPrivateAddresses = true }))
            .CreateAsync(WebhookId.New(studio.Now), url, [], studio.SubAccount, studio.Now, CancellationToken.None);

    internal static WebhookHttp NewHttp() => new(Options.Create(new WebhookOptions { AllowPrivateAddresses = true }));

    private WebhookSigner NewSigner() => new(_studio.Database, FairWebhookTests.Keys);
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteClaimRaceTests() : ClaimRaceTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlClaimRaceTests() : ClaimRaceTests(DatabaseProvider.PostgreSql)
{
    /// <summary>A sender that waited for another one's row would be as slow as the slowest node.</summary>
    [DatabaseFact]
    public async Task A_row_that_another_node_is_just_claiming_is_skipped_and_not_waited_for()
    {
        await using var studio = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        var ids = new[] { Guid.CreateVersion7(studio.Now), Guid.CreateVersion7(studio.Now.AddSeconds(1)) };
        await studio.Database.WriteAsync(db => db.Messages.AddRangeAsync(ids.Select((id, i) => new Message
        {
            Id = id, Kind = MessageKind.Account, Receiver = MessageReceiver.User, DueAt = studio.Now.AddMinutes(i - 5), CreatedAt = studio.Now,
        })));
        await studio.Database.WriteAsync(db => db.EventReaders.AddAsync(new EventReader { Name = "webhooks" }).AsTask());
        await using var other = studio.Database.CreateDbContext();
        await using var claiming = await other.Database.BeginTransactionAsync();
        await other.Database.ExecuteSqlAsync($"""UPDATE messages SET "LeaseUntil" = "DueAt" WHERE "Id" = {ids[0]}""");
        await other.Database.ExecuteSqlAsync($"""SELECT 1 FROM event_readers FOR UPDATE""");

        var taken = await new MessageQueue(studio.Database).LeaseNextAsync(studio.Now, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        await using var reading = studio.Database.CreateDbContext();
        await using var transaction = await reading.Database.BeginTransactionAsync();
        var reader = await reading.LockReaderAsync("webhooks", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        taken!.Id.Should().Be(ids[1]);
        reader.Should().BeNull();
    }
}
