using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Screens;

/// <summary>An admin's two cases, a second Zoom account, and a Zoom account whose admin has to approve the app.</summary>
[OnSqlite("The ways through the pages do not depend on the database; connecting is tested on both.")]
[Trait("Category", "Browser")]
public sealed class SpecialConnectionsTests(AppHost app) : IClassFixture<AppHost>
{
    private SandboxServer Zoom => app.Services.GetRequiredService<SandboxHost>().Server!;

    [ChromiumFact]
    public async Task S115_Team_Management_offers_Zoom_for_a_member_only_once_they_are_connected()
    {
        var (olga, pia) = (await Newcomer.JoinAsync(app, "Olga"), await Newcomer.JoinAsync(app, "Pia"));
        var calendar = await pia.CalendarAsync("Pia's hour");
        await (await Person.SignedInAsync(app, Zoom, pia.Email)).ConnectAsync(Newcomer.Here, pia.ZoomEmail);
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ada@demo.test");

        await OpenMemberAsync(page, olga);
        await page.GetByLabel("Default Meeting Location").ClickAsync();
        var choice = page.GetByRole(AriaRole.Option, new() { Name = "Zoom", Exact = true });
        await Assertions.Expect(choice).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Escape");
        await choice.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Assertions.Expect(page.GetByText("Zoom: Olga has to log in and connect Zoom first.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask to connect" }).ClickAsync();
        await Assertions.Expect(page.GetByText($"A message is on its way to {olga.Email}.")).ToBeVisibleAsync();

        await OpenMemberAsync(page, pia);
        await page.ChooseAsync("Default Meeting Location", "Zoom");
        await page.Locator("form", new() { Has = page.GetByLabel("Default Meeting Location") })
            .GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Pia's default meeting location becomes Zoom");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, all of them" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The other calendars now use Zoom")).ToBeVisibleAsync();
        (await pia.DefaultAsync(), await pia.LocationOnAsync(calendar)).Should().Be((MeetingLocationKind.Zoom, MeetingLocationKind.Zoom));
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_second_Zoom_account_shows_warnings_and_is_connected_only_by_Connect_anyway()
    {
        const string other = "quinn@other-zoom.test";
        Zoom.Control.AddUser(other);
        var quinn = await Newcomer.JoinAsync(app, "Quinn", Newcomer.Here, Newcomer.Elsewhere);
        await (await Person.SignedInAsync(app, Zoom, quinn.Email)).ConnectAsync(Newcomer.Here, quinn.ZoomEmail);
        var page = await quinn.AtTheDeskAsync();

        await page.VisitAsync($"/a/{Newcomer.Elsewhere}/profile/integrations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog))
            .ToContainTextAsync($"In another sub-account you use the Zoom account {quinn.ZoomEmail}.");
        await quinn.ConnectAsync(page, other);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connect a second Zoom account?" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(quinn.ZoomEmail);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(other);
        (await ConnectionsOfAsync(quinn)).Should().Be(1, "nothing is tied yet");

        await page.GetByRole(AriaRole.Button, new() { Name = "Connect anyway" }).ClickAsync();
        await page.AliveAsync();
        new Uri(page.Url).AbsolutePath.Should().Be($"/a/{Newcomer.Elsewhere}/profile/integrations");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Zoom", Exact = true })).ToContainTextAsync(other);
        (await ConnectionsOfAsync(quinn)).Should().Be(2);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Approval_is_requested_granted_later_then_connected_and_a_withdrawn_one_is_shown()
    {
        const string zoomUser = "user@preapprove.test";
        var rita = await Newcomer.JoinAsync(app, "Rita");
        var page = await rita.AtTheDeskAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Zoom", Exact = true });

        await page.VisitAsync("/a/northwind/profile/integrations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog))
            .ToContainTextAsync("Your company's Zoom account may ask for approval first.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Connect to Zoom" }).ClickAsync();
        await page.SignInToSandboxAsync(zoomUser);
        await page.GetByRole(AriaRole.Button, new() { Name = "Request pre-approve" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your request has been sent" })).ToBeVisibleAsync();

        await page.VisitAsync("/a/northwind/profile/integrations");
        await Assertions.Expect(card)
            .ToContainTextAsync("If your Zoom account's admin must approve the app first, ask them, then connect again.");
        Zoom.Control.ApprovalRequests(zoomUser).Should().Contain(zoomUser);

        Zoom.Control.SetApproval(zoomUser, true);
        await card.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Connect to Zoom" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.AliveAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Status)).ToHaveTextAsync("Connected");

        Zoom.Control.SetApproval(zoomUser, false);
        await UseTokensAsync(rita);
        await page.ReloadAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Status)).ToHaveTextAsync("Approval withdrawn");
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Reconnect" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices, 1 new") })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static async Task OpenMemberAsync(IPage page, Newcomer member)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Team Management" })
            .ClickAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Members" })
            .GetByRole(AriaRole.Link, new() { Name = member.Name, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = member.Name, Exact = true })).ToBeVisibleAsync();
    }

    private async Task<int> ConnectionsOfAsync(Newcomer member)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Connections.CountAsync(row => row.UserId == member.Id);
    }

    /// <summary>As if Zoom had refused the present token: it is refreshed, and Zoom's answer names the reason.</summary>
    private async Task UseTokensAsync(Newcomer member)
    {
        await using var db = await app.OpenDatabaseAsync();
        var key = await db.Connections.Where(row => row.UserId == member.Id).Select(row => row.ZoomUserKey).SingleAsync();
        var tokens = app.Services.GetRequiredService<IAccessTokenProvider>();
        await tokens.GetAsync(key, (await tokens.GetAsync(key, null, default)).AccessToken, default);
    }
}
