using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

[Collection(nameof(ScreenTestHost))]
[OnSqlite("What a page shows does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class OpenPageTests(ScreenTestHost screens)
{
    [ChromiumFact]
    public async Task A_removed_member_loses_an_open_page_at_once()
    {
        var sam = await Newcomer.JoinAsync(screens.App, "Sam");
        var page = await sam.AtTheDeskAsync();
        await page.VisitAsync("/a/northwind/profile");
        var version = await screens.ReadAsync(
            db => db.Memberships.Where(row => row.UserId == sam.Id).Select(row => row.Version).SingleAsync());

        var ada = new Actor(screens.Northwind, await screens.UserAsync(ScreenTestHost.Ada), Role.Admin) { IsApp = true };
        (await screens.App.Services.GetRequiredService<Team>().RemoveAsync(sam.Id, version, false, ada, screens.Now, default))
            .Message.Should().BeEmpty();

        await Assertions.Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Personal data")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Another_sub_accounts_ids_in_the_address_are_not_found()
    {
        using var otto = await screens.App.SignedInAsync(ScreenTestHost.Otto);
        string[] paths =
        [
            $"settings/calendars/{(await screens.CalendarAsync("intro-call")).Value}",
            $"settings/team/{(await screens.UserAsync(ScreenTestHost.Ada)).Value}",
            $"zoom/confirm/{screens.Question}",
        ];

        foreach (var path in paths)
        {
            (await otto.GetAsync($"/a/southside/{path}")).StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound, path);
        }

        (await (await otto.GetAsync($"/a/southside/activity?appointment={screens.Booked.Value}")).TextAsync()).Should()
            .Contain("Nothing to show").And.NotContain("Jo Field");
        var elsewhere = new Actor(screens.Southside, await screens.UserAsync(ScreenTestHost.Otto), Role.Admin);
        var schedule = screens.App.Services.GetRequiredService<ScheduleReader>();
        (await schedule.DetailsAsync(elsewhere, screens.Booked, default)).Should().BeNull();
    }

    [ChromiumFact]
    public async Task A_page_that_comes_alive_leaves_the_focus_alone_and_one_gone_to_begins_at_its_heading()
    {
        var page = await Browser.OpenAsync(screens.App);
        await page.SignInAsync(ScreenTestHost.Ben);
        await page.VisitAsync("/a/northwind/profile");
        // A script's click leaves the focus where it is, and its answer comes after all that the start of the circuit sent.
        await page.Locator("[aria-controls=notices]").EvaluateAsync("bell => bell.click()");
        await page.Locator("#notices").WaitForAsync();

        (await page.EvaluateAsync<string>("document.activeElement.tagName")).Should().NotBe("H1");

        await page.GetByRole(AriaRole.Link, new() { Name = "Activity", Exact = true }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Activity", Level = 1 })).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Dates_follow_the_browsers_language_before_and_after_the_page_is_alive()
    {
        var page = await Browser.OpenAsync(screens.App, options => options.Locale = "en-US");
        await page.SignInAsync(ScreenTestHost.Ben);

        await page.VisitAsync("/a/northwind/activity");
        await Assertions.Expect(page.Locator("time").First)
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d{2}:\d{2}\s[AP]M$"));
        await page.Context.CloseAsync();
    }
}
