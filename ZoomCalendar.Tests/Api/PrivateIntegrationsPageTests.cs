using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

[OnSqlite("What a page shows does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class PrivateIntegrationsPageTests(ApiHost host) : IClassFixture<ApiHost>
{
    [ChromiumFact]
    public async Task An_admin_makes_a_token_sees_it_once_and_revokes_it()
    {
        var page = await Browser.OpenAsync(host.App);
        await page.SignInAsync("ada@demo.test");
        await page.VisitAsync("/a/northwind/settings/private-integrations");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Reports");
        await page.GetByLabel("See calendars and their free slots").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Token of Reports")).ToBeVisibleAsync();
        var faults = await page.AxeFaultsAsync();
        var secret = await page.GetByLabel("Token of Reports").InputValueAsync();
        using var program = new ApiClient(host.App.Address, secret);
        var before = await program.GetAsync($"/calendars/?locationId={host.LocationId}");

        await page.VisitAsync("/a/northwind/settings/private-integrations");
        await Assertions.Expect(page.GetByText(secret)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("Last used")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Reports" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
        var after = await program.GetAsync($"/calendars/?locationId={host.LocationId}");

        faults.Should().BeEmpty();
        before.Status.Should().Be(200);
        after.Status.Should().Be(401);
        await page.Context.CloseAsync();
    }
}
