using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>Lists that only grow are read one page at a time.</summary>
public sealed class PagedListTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;

    public async Task InitializeAsync() => _tenant = await TestTenant.CreateAsync();

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Tokens_are_read_newest_first_with_their_number()
    {
        var tokens = new PrivateTokens(_tenant.Database);
        foreach (var minute in Enumerable.Range(1, 3))
        {
            await tokens.CreateAsync(
                $"Program {minute}", [TokenScopes.ReadCalendars], null, _tenant.AsAdmin, _tenant.Now.AddMinutes(minute), default);
        }

        var first = await tokens.PageAsync(0, 2, _tenant.AsAdmin, default);
        var second = await tokens.PageAsync(2, 2, _tenant.AsAdmin, default);

        first.Tokens.Select(token => token.Name).Should().Equal("Program 3", "Program 2");
        second.Tokens.Select(token => token.Name).Should().Equal("Program 1");
        (first.Total, second.Total).Should().Be((3, 3));
    }

    [Fact]
    public async Task Deliveries_are_read_newest_first_with_their_number_and_another_sub_account_finds_none()
    {
        var webhooks = new WebhookSubscriptions(_tenant.Database, Options.Create(new WebhookOptions()));
        var id = WebhookId.New(_tenant.Now);
        await webhooks.CreateAsync(id, "https://hooks.example.test/", [], _tenant.SubAccount, null, _tenant.Now, default);
        await _tenant.Database.WriteAsync(async db =>
        {
            // Two appointments of one event, as when a class is cancelled.
            foreach (var number in (long[])[1, 2, 2, 3])
            {
                await db.AddAsync(new WebhookDelivery
                {
                    Id = Guid.NewGuid(),
                    WebhookId = id,
                    EventId = number,
                    AppointmentId = AppointmentId.New(_tenant.Now),
                    Type = WebhookType.AppointmentUpdate,
                    Body = "{}",
                    CreatedAt = _tenant.Now.AddMinutes(number),
                });
            }
        });

        var first = await webhooks.PageAsync(id, _tenant.SubAccount, 0, 2, default);
        var second = await webhooks.PageAsync(id, _tenant.SubAccount, 2, 2, default);
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");

        first.Deliveries.Select(row => row.CreatedAt).Should().Equal(_tenant.Now.AddMinutes(3), _tenant.Now.AddMinutes(2));
        second.Deliveries.Select(row => row.CreatedAt).Should().Equal(_tenant.Now.AddMinutes(2), _tenant.Now.AddMinutes(1));
        first.Deliveries.Concat(second.Deliveries).Select(row => row.Id).Should().OnlyHaveUniqueItems();
        first.Total.Should().Be(4);
        (await webhooks.PageAsync(id, elsewhere.SubAccount, 0, 20, default)).Should().BeEquivalentTo(new DeliveryResults([], 0));
    }
}
