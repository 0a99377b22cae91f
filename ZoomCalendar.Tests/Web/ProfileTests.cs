using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

[OnSqlite("What a page shows does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class ProfileTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task A_changed_name_and_zone_are_saved_and_shown_at_once()
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("cleo@demo.test");
        await page.VisitAsync("/profile");

        await page.GetByLabel("Name").FillAsync("Cleo Marchetti-Ruiz");
        await page.GetByLabel("Time zone").FillAsync("rome");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Rome, Europe") }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Personal data" }).GetByRole(AriaRole.Button, new() { Name = "Save" })
            .ClickAsync();

        await Assertions.Expect(page.GetByText("Profile saved.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByText("Cleo Marchetti-Ruiz")).ToBeVisibleAsync();
        await page.VisitAsync("/profile");
        await Assertions.Expect(page.GetByLabel("Time zone")).ToHaveValueAsync(new Regex("^Rome, Europe"));
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Fields_side_by_side_are_of_one_height()
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("cleo@demo.test");
        await page.VisitAsync("/profile");

        var name = (await page.GetByLabel("Name", new() { Exact = true }).BoundingBoxAsync())!;
        var zone = (await page.GetByLabel("Time zone").BoundingBoxAsync())!;

        (name.Y, name.Height).Should().Be((zone.Y, zone.Height));
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Connect_opens_the_dialog_that_explains_what_will_happen()
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ben@demo.test");
        await page.VisitAsync("/a/northwind/profile/integrations");

        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Connect to Zoom");
        await Assertions.Expect(dialog).ToContainTextAsync("may ask for approval first");
        (await dialog.Locator("input[name=subAccount]").InputValueAsync()).Should().Be("northwind");
        (await dialog.Locator("input[name=returnUrl]").InputValueAsync()).Should().Be("/a/northwind/profile/integrations");
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Connecting_through_the_sandbox_lists_zoom_and_disconnecting_takes_it_off_again()
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ben@demo.test");
        await page.VisitAsync("/a/northwind/profile/integrations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Connect to Zoom" }).ClickAsync();
        await page.SignInToSandboxAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.AliveAsync();

        await Assertions.Expect(page.GetByText("Zoom is connected.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Zoom" }).GetByRole(AriaRole.Status))
            .ToHaveTextAsync("Connected");

        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "No, only the default" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Default meeting location saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Zoom" }).GetByRole(AriaRole.Status))
            .ToHaveTextAsync("Not connected");
        await page.Context.CloseAsync();
    }
}
