using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>A second factor as people meet it in Chromium.</summary>
[OnSqlite("what the app stores of a second factor is tested on both databases by AuthenticatorTests and SecondFactorRuleTests")]
[Trait("Category", "Browser")]
public sealed class SecondFactorBrowserTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task An_admin_sets_up_an_app_signs_in_by_it_confirms_before_a_token_and_then_requires_it_of_everybody()
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ada@demo.test");
        await page.VisitAsync("/a/northwind/profile/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open Authenticator app" }).ClickAsync();
        var key = (await page.Locator("code.key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code that the app shows").FillAsync(AuthenticatorCode.Of(key, 0));
        await Button(page, "Turn on").ClickAsync();
        var codes = page.Locator(".codes code");
        await Assertions.Expect(codes).ToHaveCountAsync(10);
        var recovery = await codes.First.InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await page.AliveAsync();

        await EnterPasswordAsync(page);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(AuthenticatorCode.Of(key, 1));
        await Button(page, "Sign in").ClickAsync();
        await page.AliveAsync();

        await CreateTokenAsync(page);

        await EnterPasswordAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await page.GetByLabel("Recovery code").FillAsync(recovery);
        await Button(page, "Sign in").ClickAsync();
        await page.AliveAsync();

        var ben = await Browser.OpenAsync(app);
        await ben.SignInAsync("ben@demo.test");
        await ben.VisitAsync("/a/northwind/profile");
        await page.VisitAsync("/a/northwind/settings/team");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Second factor" });
        await card.ChooseAsync("Required of", "Everybody");
        await Button(card, "Save").ClickAsync();
        await Assertions.Expect(ben.GetByRole(AriaRole.Heading, new() { Name = "Authenticator app" })).ToBeVisibleAsync();
        await Assertions.Expect(ben.GetByRole(AriaRole.Status)).ToContainTextAsync("requires a second factor of everybody");
        await page.Context.CloseAsync();
        await ben.Context.CloseAsync();
    }

    private static ILocator Button(IPage page, string name) => Button(page.Locator("body"), name);

    private static ILocator Button(ILocator part, string name) =>
        part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The first step of a new sign-in.</summary>
    private static async Task EnterPasswordAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Email").FillAsync("ada@demo.test");
        await page.GetByLabel("Password").FillAsync("Zoom-Calendar-1");
        await Button(page, "Sign in").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Confirm your sign-in" })).ToBeVisibleAsync();
    }

    /// <summary>Long after the last proof: the question comes first, and then the token is made without another press.</summary>
    private async Task CreateTokenAsync(IPage page)
    {
        await page.VisitAsync("/a/northwind/settings/private-integrations");
        await using var db = await app.OpenDatabaseAsync();
        await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, (DateTimeOffset?)null));
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Reports");
        await page.GetByLabel("See calendars", new() { Exact = false }).CheckAsync();
        await Button(page, "Create token").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm it is you" });
        await dialog.GetByLabel("Password").FillAsync("Zoom-Calendar-1");
        await Button(dialog, "Confirm").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Token of Reports")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^pit-"));
    }
}
