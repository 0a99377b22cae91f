using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Screens;

/// <summary>What somebody sees who has just registered.</summary>
[OnSqlite("The steps are the same on both databases.")]
[Trait("Category", "Browser")]
public sealed class SetUpTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Email = "rosa@demo.test";
    private const string ZoomEmail = "rosa@zoom.test";
    private const int MostClicks = 8;
    private const int MostFields = 5;

    private int _clicks;
    private int _fields;

    [ChromiumFact]
    public async Task A_new_business_has_a_calendar_with_Zoom_a_test_booking_with_its_link_and_its_address_in_eight_clicks()
    {
        await RegisteredAsync();
        app.Services.GetRequiredService<SandboxHost>().Server!.Control.AddUser(ZoomEmail);
        var page = await Browser.OpenAsync(app, options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await page.SignInAsync(Email);
        await Assertions.Expect(page.GetByText("Set up: create a calendar, connect Zoom")).ToBeVisibleAsync();
        await page.VisitAsync("/set-up");

        await ClickAsync(page, "Create calendar");
        await ClickAsync(page, "Connect");
        await ClickAsync(page, "Connect to Zoom");
        await FillAsync(page, "Email", ZoomEmail);
        await FillAsync(page, "Password", SandboxUser.Password);
        await ClickAsync(page, "Sign in");
        await ClickAsync(page, "Allow");
        await page.AliveAsync();
        await ClickAsync(page, "Yes, all of them");
        await ClickAsync(page, "Book a test appointment");
        await Assertions.Expect(page.Locator("a[href*='/j/']")).ToBeVisibleAsync();
        await ClickAsync(page, "Copy link");

        await Assertions.Expect(page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        var address = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        (_clicks <= MostClicks, _fields <= MostFields).Should().Be((true, true), $"it took {_clicks} clicks and {_fields} fields");

        var customer = await Browser.OpenAsync(app);
        await customer.GotoAsync(address);
        await Assertions.Expect(customer.GetByText("Meeting with Rosa")).Not.ToHaveCountAsync(0);
        await BookAsync(customer);
        await customer.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The first free time; the link comes to the open confirmation page.</summary>
    private static async Task BookAsync(IPage customer)
    {
        await Assertions.Expect(customer.GetByText("Times in America/Chicago")).ToBeVisibleAsync();
        await customer.Locator("a.time").First.ClickAsync();
        await customer.GetByLabel("Your name").FillAsync("Jo Field");
        await customer.GetByLabel("Email").FillAsync("jo@example.test");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();

        await Assertions.Expect(customer.GetByRole(AriaRole.Link, new() { Name = "Join Zoom meeting" })).ToBeVisibleAsync();
        await Assertions.Expect(customer.GetByText("Meeting ID: ")).ToBeVisibleAsync();
        await Assertions.Expect(customer.GetByText("Passcode: ")).ToBeVisibleAsync();
    }

    private async Task RegisteredAsync()
    {
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var user = new User { Id = UserId.New(now), Name = "Rosa", TimeZone = "Europe/Berlin", UserName = Email, Email = Email };
        var business = new SubAccount(SubAccountId.New(now), "Rosa's practice", "rosas-practice", now);
        await using var scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, "Zoom-Calendar-1")).Succeeded.Should()
            .BeTrue();
        await using var db = await app.OpenDatabaseAsync();
        db.SubAccounts.Add(business);
        db.Memberships.Add(new Membership(business.Id, user.Id, Role.Admin, now));
        await db.SaveChangesAsync();
    }

    private async Task ClickAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        _clicks++;
    }

    private async Task FillAsync(IPage page, string label, string value)
    {
        await page.GetByLabel(label).FillAsync(value);
        _fields++;
    }
}
