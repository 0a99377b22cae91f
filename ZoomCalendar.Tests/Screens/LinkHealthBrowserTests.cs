using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The calendar page says which upcoming links are missing, and one click helps.</summary>
[OnSqlite("What a page shows does not depend on the database; what it reads has tests on both.")]
[Trait("Category", "Browser")]
public sealed class LinkHealthBrowserTests(AppHost app) : IClassFixture<AppHost>
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 60_000 };

    [ChromiumFact]
    public async Task A_host_without_Zoom_is_asked_by_the_admin_connects_from_the_calendar_and_the_links_come()
    {
        var hana = await Newcomer.JoinAsync(app, "Hana");
        var calendar = await hana.CalendarAsync("Hana's hour");
        await using (var db = await app.OpenDatabaseAsync())
        {
            var member = await db.CalendarMembers.SingleAsync(row => row.CalendarId == calendar.Id);
            member.Location = MeetingLocation.Zoom;
            await db.SaveChangesAsync();
        }

        var day = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(20), TimeSpan.Zero);
        (await hana.BookAsync(calendar, day.AddHours(9))).Succeeded.Should().BeTrue();
        (await hana.BookAsync(calendar, day.AddHours(11))).Succeeded.Should().BeTrue();

        var admin = await Browser.OpenAsync(app);
        await admin.SignInAsync(ScreenTestHost.Ada);
        await admin.VisitAsync("/a/northwind/calendar");
        await Assertions.Expect(Health(admin)).ToContainTextAsync("Upcoming Zoom links: 0 ready, 0 waiting, 2 need attention.");
        await Assertions.Expect(Health(admin)).ToContainTextAsync("2 appointments with Hana: The host is not connected to Zoom.");
        await Health(admin).GetByRole(AriaRole.Button, new() { Name = "Ask Hana to connect" }).ClickAsync();
        await Assertions.Expect(admin.GetByText("A message is on its way to Hana.")).ToBeVisibleAsync();

        var page = await hana.AtTheDeskAsync();
        await page.VisitAsync("/a/northwind/calendar");
        await Assertions.Expect(Health(page)).ToContainTextAsync("Your 2 appointments:");
        await Health(page).GetByRole(AriaRole.Link, new() { Name = "Connect Zoom" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Zoom", Exact = true })
            .GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await hana.ConnectAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        await page.VisitAsync("/a/northwind/calendar");

        await Assertions.Expect(Health(page)).ToContainTextAsync("All 2 upcoming Zoom links are ready.", Soon);
        await Assertions.Expect(Health(page).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Assertions.Expect(Health(admin)).ToContainTextAsync("All 2 upcoming Zoom links are ready.", Soon);
        await page.Context.CloseAsync();
        await admin.Context.CloseAsync();
    }

    private static ILocator Health(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Zoom links of upcoming appointments" });
}
