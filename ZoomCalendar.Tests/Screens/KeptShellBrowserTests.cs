using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite("What a page looks like does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class KeptShellBrowserTests(ScreenTestHost screens)
{
    [ChromiumFact]
    public async Task The_shell_around_a_page_that_is_not_there_works()
    {
        foreach (var address in new[] { "/no/such/page", "/a/no-such-place/calendar" })
        {
            var page = await Browser.OpenAsync(screens.App);
            List<string> errors = [];
            page.PageError += (_, error) => errors.Add(error);
            await page.SignInAsync(ScreenTestHost.Ben);
            await page.VisitAsync(address);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();

            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") }))
                .ToHaveAttributeAsync("aria-expanded", "true");
            await page.ReloadAsync();
            await page.AliveAsync();
            await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
                .GetByRole(AriaRole.Link, new() { Name = "Integrations", Exact = true }).ClickAsync();

            await page.WaitForURLAsync("**/profile/integrations");
            await page.AliveAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Integrations", Level = 1 })).ToBeVisibleAsync();
            errors.Should().BeEmpty();
            await page.Context.CloseAsync();
        }
    }
}
