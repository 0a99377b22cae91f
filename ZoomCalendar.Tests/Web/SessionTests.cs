using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>An open page loses what its user lost, before it handles the next click.</summary>
[OnSqlite("That an open page closes does not depend on the database; the rows of the sessions are tested on both.")]
[Trait("Category", "Browser")]
public sealed class SessionTests
{
    [ChromiumFact]
    public async Task A_changed_password_ends_the_pages_open_elsewhere()
    {
        await using var app = await AppHost.StartAsync();
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ben@demo.test");
        using var elsewhere = await app.SignedInAsync("ben@demo.test");
        await elsewhere.PostFormAsync(
            "/account/change-password", "change-password", ("Input.Current", "Zoom-Calendar-1"), ("Input.Password", "a new long password"));

        await page.PressIfThereAsync("a", "User Profile");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        (await elsewhere.GetAsync("/a/northwind/profile")).StatusCode.Should()
            .Be(System.Net.HttpStatusCode.OK, "where it was changed, the session goes on");
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_removed_member_sees_nothing_more_in_an_open_page()
    {
        await using var app = await AppHost.StartAsync();
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("cleo@demo.test");
        await page.VisitAsync("/a/northwind/profile/integrations");
        await using var db = await app.OpenDatabaseAsync();
        var cleo = await db.Users.SingleAsync(user => user.Email == "cleo@demo.test");
        await db.Memberships.Where(membership => membership.UserId == cleo.Id).ExecuteDeleteAsync();

        await page.PressIfThereAsync("button", "Connect");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
