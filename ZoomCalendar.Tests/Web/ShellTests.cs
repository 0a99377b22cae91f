using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

[Trait("Category", "Browser")]
public sealed class ShellTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task Ben_signs_in_and_sees_his_sub_account_with_a_live_page()
    {
        var page = await Browser.OpenAsync(app);

        await page.SignInAsync("ben@demo.test");

        page.Url.Should().EndWith("/a/northwind/calendar");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(
            AriaRole.Link, new() { Name = "Calendar", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByText("Ben Okafor")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_script_of_interactive_pages_is_served_and_not_empty()
    {
        using var visitor = app.NewVisitor();

        var script = await visitor.GetStringAsync("/_framework/blazor.web.js");

        script.Length.Should().BeGreaterThan(10_000);
    }
}
