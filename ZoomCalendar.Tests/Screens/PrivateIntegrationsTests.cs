using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Integrations;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class PrivateIntegrationsTests : ScreenTest
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private PrivateTokens _tokens = null!;
    private WebhookSubscriptions _webhooks = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _dialogs = Bunit.Render<MudDialogProvider>();
    }

    private protected override void AddServices(IServiceCollection services)
    {
        _tokens = new PrivateTokens(TestTenant.Database);
        _webhooks = new WebhookSubscriptions(TestTenant.Database, Options.Create(new WebhookOptions()));
        services.AddSingleton(_tokens);
        services.AddSingleton(_webhooks);
    }

    [Fact]
    public async Task A_token_without_a_name_or_a_scope_is_refused_beside_the_field_and_nothing_typed_is_lost()
    {
        var page = Show();

        await SubmitAsync(page, "new");
        page.WaitForAssertion(() => Region(page, "new").QuerySelector(".mud-input-helper-text")!.TextContent.Should()
            .Be("Enter a name for the integration."));
        await Field(page, "Name").ChangeAsync(new ChangeEventArgs { Value = "Reports" });
        await SubmitAsync(page, "new");

        page.WaitForAssertion(() => Region(page, "new").QuerySelector("[role=alert]")!.TextContent.Should()
            .Be("Choose at least one permission."));
        Field(page, "Name").GetAttribute("value").Should().Be("Reports");
        (await TokensAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("\u200b", "Enter a name for the integration.")]
    [InlineData("long", "The name is too long")]
    public async Task A_tokens_name_that_cannot_be_stored_is_refused_beside_its_field_and_kept(string typed, string problem)
    {
        var text = typed is "long" ? new string('a', PrivateToken.NameMaxLength + 1) : typed;
        var page = Show();
        await page.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });

        await Field(page, "Name").ChangeAsync(new ChangeEventArgs { Value = text });
        await SubmitAsync(page, "new");

        page.WaitForAssertion(
            () => Field(page, "Name").Closest(".mud-input-control")!.TextContent.Should().Contain(problem));
        Field(page, "Name").GetAttribute("value").Should().Be(text);
        page.FindAll("[role=alert].mud-alert").Should().BeEmpty();
        (await TokensAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_token_is_shown_once_with_its_name_and_the_form_is_empty_again()
    {
        var page = Show();

        await Field(page, "Name").ChangeAsync(new ChangeEventArgs { Value = "Reports" });
        await page.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });
        await SubmitAsync(page, "new");

        page.WaitForAssertion(() => Field(page, "Token of Reports").GetAttribute("value").Should().StartWith("pit-"));
        Field(page, "Name").GetAttribute("value").Should().BeNullOrEmpty();
        page.WaitForAssertion(() => page.Find("tbody").TextContent.Should().Contain("Reports").And.Contain("Never used"));
        page.FindAll(".mud-input-error").Should().BeEmpty();
    }

    [Fact]
    public async Task Tokens_are_read_in_pages()
    {
        foreach (var number in Enumerable.Range(1, 21))
        {
            await CreateAsync($"Program {number}");
        }

        var page = Show();

        page.WaitForState(() => page.FindAll("tbody tr").Count == 20);
        var first = page.FindAll("tbody tr").Select(row => row.TextContent).ToList();
        await page.Find("button[aria-label='Next page']").ClickAsync(new MouseEventArgs());

        // All were made in the same instant, so which of them is the last is not said.
        page.WaitForState(() => page.FindAll("tbody tr").Count == 1);
        first.Should().NotContain(page.Find("tbody tr").TextContent);
    }

    [Theory]
    [InlineData("Cancel", false)]
    [InlineData("Revoke", true)]
    public async Task Revoking_asks_first(string answer, bool isRevoked)
    {
        await CreateAsync("Reports");
        var page = Show();
        page.WaitForElement("button[aria-label='Revoke Reports']");

        var asking = page.Find("button[aria-label='Revoke Reports']").ClickAsync(new MouseEventArgs());
        await AnswerAsync(answer);
        await asking;

        (await TokensAsync())[0].RevokedAt.HasValue.Should().Be(isRevoked);
    }

    [Fact]
    public async Task A_webhook_address_that_is_not_public_is_refused_beside_the_field_and_stays_there()
    {
        var page = Show();

        await Field(page, "Address").ChangeAsync(new ChangeEventArgs { Value = "http://localhost/" });
        await SubmitAsync(page, "webhooks");

        page.WaitForAssertion(() => Region(page, "webhooks").QuerySelector(".mud-input-helper-text")!.TextContent.Should()
            .Be("Enter a public address that begins with https://."));
        Field(page, "Address").GetAttribute("value").Should().Be("http://localhost/");
    }

    [Fact]
    public async Task A_webhook_beyond_the_limit_is_refused_for_that_reason()
    {
        foreach (var number in Enumerable.Range(1, Webhook.MaxPerSubAccount))
        {
            await AddAsync($"https://hooks.example.test/{number}");
        }

        var page = Show();
        await Field(page, "Address").ChangeAsync(new ChangeEventArgs { Value = "https://hooks.example.test/more" });
        await SubmitAsync(page, "webhooks");

        page.WaitForAssertion(() => Region(page, "webhooks").QuerySelector("[role=alert]")!.TextContent.Should()
            .Be("There are 20 webhooks already. Remove one first."));
        Field(page, "Address").GetAttribute("value").Should().Be("https://hooks.example.test/more");
    }

    [Theory]
    [InlineData("Cancel", 1)]
    [InlineData("Remove", 0)]
    public async Task Removing_a_webhook_asks_first(string answer, int left)
    {
        await AddAsync("https://hooks.example.test/");
        var page = Show();

        var asking = page.Find("button[aria-label='Remove https://hooks.example.test/']").ClickAsync(new MouseEventArgs());
        await AnswerAsync(answer);
        await asking;

        (await _webhooks.ListAsync(TestTenant.SubAccount, default)).Should().HaveCount(left);
    }

    [Fact]
    public async Task Deliveries_are_shown_newest_first_with_their_state_in_pages()
    {
        var webhook = await AddAsync("https://hooks.example.test/");
        await TestTenant.Database.WriteAsync(async db =>
        {
            foreach (var number in Enumerable.Range(1, 11))
            {
                var delivery = DeliveryOf(webhook, number);
                if (number == 11)
                {
                    delivery.MarkFailed(500, "500 Internal Server Error", TestTenant.Now);
                }
                else
                {
                    delivery.MarkDelivered(200, TestTenant.Now);
                }

                await db.AddAsync(delivery);
            }
        });
        var page = Show();

        await page.Find("button[aria-label='Deliveries to https://hooks.example.test/']").ClickAsync(new MouseEventArgs());

        var grid = () => page.FindAll("table[aria-label='Deliveries to https://hooks.example.test/'] tbody tr");
        page.WaitForState(() => grid().Count == 10);
        grid()[0].TextContent.Should().Contain("Will be sent again").And.Contain("500 Internal Server Error");
        grid()[1].TextContent.Should().Contain("Delivered");
        await page.Find("button[aria-label='Next page']").ClickAsync(new MouseEventArgs());
        page.WaitForState(() => grid().Count == 1);
    }

    private static WebhookDelivery DeliveryOf(WebhookId webhook, int number) => new()
    {
        Id = Guid.NewGuid(),
        WebhookId = webhook,
        EventId = number,
        AppointmentId = AppointmentId.New(TestTenant.Monday),
        Type = WebhookType.AppointmentCreate,
        Body = "{}",
        CreatedAt = TestTenant.Monday.AddMinutes(number),
    };

    private static AngleSharp.Dom.IElement Region(IRenderedComponent<PrivateIntegrationsPage> page, string heading) =>
        page.Find($"[role=region][aria-labelledby={heading}]");

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<PrivateIntegrationsPage> page, string label) =>
        page.Find($"#{page.FindAll("label").First(each => each.TextContent.TrimEnd('*') == label).GetAttribute("for")}");

    private static Task SubmitAsync(IRenderedComponent<PrivateIntegrationsPage> page, string heading) =>
        page.Find($"[role=region][aria-labelledby={heading}] form").SubmitAsync();

    private IRenderedComponent<PrivateIntegrationsPage> Show() =>
        Show<PrivateIntegrationsPage>(TestTenant.AsAdmin, page => page.Add(each => each.Slug, "studio"));

    private async Task AnswerAsync(string answer)
    {
        _dialogs.WaitForElement(".mud-dialog-actions button");
        await _dialogs.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == answer)
            .ClickAsync(new MouseEventArgs());
    }

    private async Task<IReadOnlyList<TokenRow>> TokensAsync() => (await _tokens.PageAsync(0, 100, TestTenant.AsAdmin, default)).Tokens;

    private async Task CreateAsync(string name) =>
        (await _tokens.CreateAsync(name, [TokenScopes.ReadCalendars], null, TestTenant.AsAdmin, TestTenant.Now, default)).Problem.Should()
            .BeNull();

    private async Task<WebhookId> AddAsync(string url)
    {
        var id = WebhookId.New(TestTenant.Now);
        (await _webhooks.CreateAsync(id, url, [], TestTenant.SubAccount, null, TestTenant.Now, default)).Problem.Should().BeNull();
        return id;
    }
}
