using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web.Profile;

[OnSqlite("That an open page closes does not depend on the database; the rows of the sessions are tested on both.")]
[Trait("Category", "Browser")]
public sealed class SecurityPageTests : IAsyncLifetime
{
    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync();

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [ChromiumFact]
    public async Task A_session_that_is_signed_out_under_Security_closes_its_open_page_without_a_click()
    {
        var lost = await Browser.OpenAsync(_app);
        await lost.SignInAsync("ben@demo.test");
        var page = await Browser.OpenAsync(_app, options => options.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64) Firefox/140.0");
        await page.SignInAsync("ben@demo.test");
        await page.VisitAsync("/a/northwind/profile");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open Security" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new("Firefox on Windows.*This device") }))
            .ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign out Chrome on Linux") }).ClickAsync();

        await Assertions.Expect(lost.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign out Chrome") })).ToHaveCountAsync(0);
        await lost.Context.CloseAsync();
        await page.Context.CloseAsync();
    }
}
