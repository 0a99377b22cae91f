using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Nodes;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>
/// A slow or broken receiver does not delay other deliveries. Each webhook gets its events one by one and in order.
/// </summary>
public abstract class FairWebhookTests(DatabaseProvider provider) : IAsyncLifetime
{
    internal static readonly EphemeralDataProtectionProvider Keys = new();

    private TestTenant _tenant = null!;
    private HeldReceiver _receiver = null!;
    private WebhookHttp _http = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _receiver = await HeldReceiver.StartAsync();
        _http = ClaimRaceTests.NewHttp();
    }

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _http.Dispose();
        await _tenant.DisposeAsync();
    }

    [DatabaseFact]
    public async Task Twenty_slow_webhooks_of_one_tenant_do_not_delay_another_tenant()
    {
        for (var i = 0; i < 20; i++)
        {
            await ClaimRaceTests.SubscribeAsync(_tenant, _receiver.Url($"slow/{i}"));
        }

        for (var round = 1; round <= 3; round++)
        {
            await DeliverAsync(_tenant, round);
        }

        var other = await TestTenant.CreateAsync(_tenant.Database, "other");
        await ClaimRaceTests.SubscribeAsync(other, _receiver.Url("fast/one"));
        await DeliverAsync(other, 100, later: TimeSpan.FromSeconds(1));
        _tenant.Now += TimeSpan.FromSeconds(2);
        var sender = NewSender();

        await Eventually.HoldsAsync(
            async () =>
            {
                await sender.SendDueAsync(() => _tenant.Now, CancellationToken.None);
                return _receiver.At("fast/one").Any();
            },
            TimeSpan.FromSeconds(5),
            "the other tenant's delivery arrives while all the slow ones are still held");

        _receiver.MostInFlightOnOnePath.Should().Be(1);
        _receiver.Release();
        await sender.DrainAsync();
    }

    [DatabaseFact]
    public async Task A_finished_delivery_frees_its_place_while_others_are_still_in_flight()
    {
        await ClaimRaceTests.SubscribeAsync(_tenant, _receiver.Url("slow/one"));
        await DeliverAsync(_tenant, 1);
        var other = await TestTenant.CreateAsync(_tenant.Database, "other");
        await ClaimRaceTests.SubscribeAsync(other, _receiver.Url("fast/one"));
        for (var i = 1; i <= 12; i++)
        {
            await DeliverAsync(other, i + 100);
        }

        var sender = NewSender();
        await Eventually.HoldsAsync(
            async () =>
            {
                await sender.SendDueAsync(() => _tenant.Now, CancellationToken.None);
                return _receiver.At("fast/one").Count() == 12;
            },
            TimeSpan.FromSeconds(8),
            "there is no batch that waits for its slowest");

        _receiver.At("fast/one").Should().Equal(Enumerable.Range(101, 12).Select(i => $"{i}"));
    }

    [DatabaseFact]
    public async Task A_receiver_that_is_down_gets_every_event_in_order_once_it_is_back()
    {
        await ClaimRaceTests.SubscribeAsync(_tenant, _receiver.Url("fast/down"));
        _receiver.Statuses["/fast/down"] = 503;
        for (var i = 1; i <= 5; i++)
        {
            await DeliverAsync(_tenant, i);
        }

        await PassAsync(TimeSpan.FromHours(6), TimeSpan.FromMinutes(1));
        _receiver.At("fast/down").Should().OnlyContain(body => body == "1", "the order is kept");
        _receiver.At("fast/down").Count().Should().BeLessThan(20, "the circuit is open: now and then one probe");

        _receiver.Statuses.Clear();
        var before = _receiver.At("fast/down").Count();
        await PassAsync(TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(1));
        _receiver.At("fast/down").Skip(before).Should().Equal("1", "2", "3", "4", "5");
        (await DeliveriesAsync()).Should().OnlyContain(row => row.State == DeliveryState.Delivered);
    }

    [DatabaseFact]
    public async Task A_refused_event_does_not_delay_later_events_for_a_day()
    {
        await ClaimRaceTests.SubscribeAsync(_tenant, _receiver.Url("fast/picky"));
        _receiver.Statuses["/fast/picky"] = 422;
        await DeliverAsync(_tenant, 1);
        await PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10));
        _receiver.Statuses.Clear();
        await DeliverAsync(_tenant, 2);

        await PassAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        _receiver.At("fast/picky").Last().Should().Be("2");
        await PassAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));
        (await DeliveriesAsync()).Should().OnlyContain(row => row.State == DeliveryState.Delivered);
    }

    [DatabaseFact]
    public async Task A_delivery_that_fails_for_a_day_is_given_up_and_logged()
    {
        await ClaimRaceTests.SubscribeAsync(_tenant, _receiver.Url("fast/dead"));
        _receiver.Statuses["/fast/dead"] = 500;
        for (var i = 1; i <= 40; i++)
        {
            await DeliverAsync(_tenant, i);
        }

        await PassAsync(TimeSpan.FromHours(30), TimeSpan.FromMinutes(10));
        await NewSender().CleanUpAsync(_tenant.Now, CancellationToken.None);

        (await DeliveriesAsync()).Should().OnlyContain(row => row.State == DeliveryState.GivenUp && row.Body == ""
            && row.LastError != null);
        _receiver.At("fast/dead").Count().Should().BeLessThan(60);
    }

    [DatabaseFact]
    public async Task A_sender_that_dies_during_a_delivery_loses_nothing()
    {
        await ClaimRaceTests.SubscribeAsync(_tenant, _receiver.Url("slow/one"));
        await DeliverAsync(_tenant, 1);
        var dead = NewSender();
        await dead.SendDueAsync(() => _tenant.Now, CancellationToken.None);
        await Eventually.HoldsAsync(() => _receiver.At("slow/one").Any(), TimeSpan.FromSeconds(5), "it is on its way");
        var alive = NewSender();

        (await alive.SendDueAsync(() => _tenant.Now.AddSeconds(59), CancellationToken.None)).Should()
            .Be(0, "perhaps the other one is only slow");
        (await alive.SendDueAsync(() => _tenant.Now.AddSeconds(61), CancellationToken.None)).Should().Be(1);

        _receiver.Release();
        await Task.WhenAll(dead.DrainAsync(), alive.DrainAsync());
        (await DeliveriesAsync()).Should().ContainSingle(row => row.State == DeliveryState.Delivered);
    }

    internal static WebhookDelivery Delivery(WebhookId webhook, long eventId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        WebhookId = webhook,
        EventId = eventId,
        AppointmentId = AppointmentId.New(now),
        Type = WebhookType.AppointmentCreate,
        Body = $"{eventId}",
        CreatedAt = now,
        NextAttemptAt = now,
    };

    private WebhookSender NewSender() =>
        new(TestDatabase.Open(provider, _tenant.Database.ConnectionString), new WebhookSigner(_tenant.Database, Keys), _http);

    /// <summary>One for each of the sub-account's webhooks.</summary>
    private async Task DeliverAsync(TestTenant tenant, long eventId, TimeSpan later = default) =>
        await _tenant.Database.WriteAsync(async db =>
    {
        var webhooks = await db.Webhooks.Where(row => row.SubAccountId == tenant.SubAccount).Select(row => row.Id).ToListAsync();
        db.WebhookDeliveries.AddRange(webhooks.Select(id => Delivery(id, eventId, _tenant.Now + later)));
    });

    private Task<List<WebhookDelivery>> DeliveriesAsync() =>
        _tenant.Database.ReadAsync(db => db.WebhookDeliveries.AsNoTracking().ToListAsync());

    private async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        var sender = NewSender();
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            _tenant.Now += step;
            do
            {
                await sender.DrainAsync();
            }
            while (await sender.SendDueAsync(() => _tenant.Now, CancellationToken.None) > 0);
        }
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteFairWebhookTests() : FairWebhookTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlFairWebhookTests() : FairWebhookTests(DatabaseProvider.PostgreSql);
