using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The second and the third way in, in the words that the help article uses, each returning to where it began.</summary>
public sealed class DefaultLocationFlowTests : IAsyncLifetime
{
    private AppHost _app = null!;
    private IPage _page = null!;

    public async Task InitializeAsync()
    {
        _app = await AppHost.StartAsync();
        _page = await Browser.OpenAsync(_app);
        await _page.SignInAsync("ben@demo.test");
    }

    public async Task DisposeAsync()
    {
        await _page.Context.CloseAsync();
        await _app.DisposeAsync();
    }

    [ChromiumFact]
    public async Task Default_Meeting_Location_connects_in_place_keeps_unsaved_edits_and_asks_about_the_other_calendars()
    {
        await _page.VisitAsync("/a/northwind/profile");
        await _page.GetByLabel("Name", new() { Exact = true }).FillAsync("Benjamin Okafor");
        await _page.GetByLabel("Default Meeting Location").SelectOptionAsync("Zoom");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await ConnectAsync();

        await Assertions.Expect(_page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Benjamin Okafor");
        await Assertions.Expect(_page.GetByLabel("Default Meeting Location")).ToHaveValueAsync("Zoom");

        await SaveDefaultAsync();
        await _page.GetByRole(AriaRole.Dialog).GetByText("Intro call").WaitForAsync();
        // A key reaches the dialog once it has the focus, a moment after its words are there.
        await _page.Locator("[role=dialog]:focus-within").WaitForAsync();
        await _page.Keyboard.PressAsync("Escape");
        await _page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await BensLocationsAsync()).Should().NotContain("Zoom");

        await SaveDefaultAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Yes, all of them" }).ClickAsync();
        await _page.GetByText("The other calendars are on Zoom now").WaitForAsync();
        (await BensLocationsAsync()).Should().OnlyContain(kind => kind == "Zoom");
    }

    [ChromiumFact]
    public async Task Calendar_Settings_connects_in_place_and_returns_to_the_same_dropdown()
    {
        await _page.VisitAsync("/a/northwind/settings/calendars");
        await _page.GetByRole(AriaRole.Link, new() { Name = "Intro call" }).ClickAsync();
        var ben = _page.GetByRole(AriaRole.Form, new() { Name = "User Ben Okafor" });
        await ben.GetByLabel("Meeting Location").SelectOptionAsync("Zoom");
        await ben.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await ConnectAsync();

        await Assertions.Expect(ben.GetByLabel("Meeting Location")).ToHaveValueAsync("Zoom");
        await ben.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await _page.GetByText("Meeting location saved.").WaitForAsync();
        await _page.VisitAsync("/a/northwind/profile/integrations");
        await _page.GetByText("Zoom requests today").WaitForAsync();
    }

    private Task SaveDefaultAsync() =>
        _page.Locator("form", new() { Has = _page.GetByLabel("Default Meeting Location") }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

    private async Task ConnectAsync()
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "Connect to Zoom" }).ClickAsync();
        await _page.GetByLabel("Email").FillAsync("ben@zoom.test");
        await _page.GetByLabel("Password").FillAsync(SandboxUser.Password);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await _page.AliveAsync();
    }

    private async Task<List<string>> BensLocationsAsync()
    {
        await using var db = await _app.OpenDatabaseAsync();
        var members = await (
            from member in db.CalendarMembers
            join calendar in db.Calendars on member.CalendarId equals calendar.Id
            join user in db.Users on member.UserId equals user.Id
            join subAccount in db.SubAccounts on calendar.SubAccountId equals subAccount.Id
            where user.Email == "ben@demo.test" && subAccount.Slug == "northwind"
            select member.Location.Kind).ToListAsync();
        return [.. members.Select(kind => kind.ToString())];
    }
}
