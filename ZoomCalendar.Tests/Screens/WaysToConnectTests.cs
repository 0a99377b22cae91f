using System.Globalization;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The three ways in, step by step in the words that the help article uses, each returning to where it began.</summary>
[OnSqlite("The ways through the pages do not depend on the database; connecting is tested on both.")]
[Trait("Category", "Browser")]
public sealed class WaysToConnectTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task User_Profile_then_Integrations_then_Zoom_then_Connect()
    {
        var lena = await Newcomer.JoinAsync(app, "Lena");
        var page = await lena.AtTheDeskAsync();

        await Link(page, "User Profile").ClickAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Open Integrations" }).ClickAsync();
        var zoom = page.GetByRole(AriaRole.Region, new() { Name = "Zoom", Exact = true });
        await zoom.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await lena.ConnectAsync(page);
        await page.AliveAsync();

        new Uri(page.Url).AbsolutePath.Should().Be("/a/northwind/profile/integrations");
        await Assertions.Expect(zoom.GetByRole(AriaRole.Status)).ToHaveTextAsync("Connected");
        await Assertions.Expect(zoom).ToContainTextAsync(lena.ZoomEmail);
        await Assertions.Expect(page.GetByText("Zoom requests today")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task User_Profile_then_Default_Meeting_Location_then_Zoom_then_Connect_and_S114_the_question_about_the_other_calendars()
    {
        var mona = await Newcomer.JoinAsync(app, "Mona");
        var (sessions, old) = (await mona.CalendarAsync("Sessions"), await mona.CalendarAsync("Old sessions", CalendarVersion.V1));
        var page = await mona.AtTheDeskAsync();

        await Link(page, "User Profile").ClickAsync();
        var name = page.GetByLabel("Name", new() { Exact = true });
        await name.FillAsync("Mona Keller");
        await page.ChooseAsync("Default Meeting Location", "Zoom");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await mona.ConnectAsync(page);
        await page.AliveAsync();

        await Assertions.Expect(name).ToHaveValueAsync("Mona Keller");
        await Assertions.Expect(page.GetByLabel("Default Meeting Location")).ToHaveValueAsync("Zoom");

        var dialog = await SaveAsync(page);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "now Phone" })).ToContainTextAsync("Sessions");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "legacy" }))
            .ToContainTextAsync("Old sessions");
        await page.Keyboard.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await mona.DefaultAsync()).Should().Be(MeetingLocationKind.AskTheBooker, "closing it saves nothing");

        await (await SaveAsync(page)).GetByRole(AriaRole.Button, new() { Name = "No, only the default" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Default meeting location saved.")).ToBeVisibleAsync();
        (await mona.DefaultAsync(), await mona.LocationOnAsync(sessions)).Should()
            .Be((MeetingLocationKind.Zoom, MeetingLocationKind.Phone));

        await (await SaveAsync(page)).GetByRole(AriaRole.Button, new() { Name = "Yes, all of them" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The other calendars now use Zoom")).ToBeVisibleAsync();
        (await mona.LocationOnAsync(sessions), await mona.LocationOnAsync(old)).Should()
            .Be((MeetingLocationKind.Zoom, MeetingLocationKind.Phone));

        // Nothing is left to change: Save still says what stays as it is, and why.
        dialog = await SaveAsync(page);
        await Assertions.Expect(dialog).ToContainTextAsync("No other calendar would change.");
        await Assertions.Expect(dialog).ToContainTextAsync("It already uses Zoom.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save the default" }).ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Settings_then_Calendar_Settings_then_User_then_Meeting_Location_and_two_bookings_show_their_links()
    {
        var nils = await Newcomer.JoinAsync(app, "Nils");
        await nils.CalendarAsync("Nils's hour");
        var page = await nils.AtTheDeskAsync();

        await Link(page, "Calendar Settings").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Nils's hour" }).ClickAsync();
        var user = page.GetByRole(AriaRole.Form, new() { Name = "User Nils" });
        await user.ChooseAsync("Meeting Location", "Zoom");
        var address = new Uri(page.Url).AbsolutePath;
        await user.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await nils.ConnectAsync(page);
        await page.AliveAsync();

        new Uri(page.Url).AbsolutePath.Should().Be(address);
        await Assertions.Expect(user.GetByLabel("Meeting Location")).ToHaveValueAsync("Zoom");
        await Assertions.Expect(user).ToContainTextAsync("Zoom connected");
        await user.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Meeting location saved.")).ToBeVisibleAsync();

        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(20);
        var first = await BookAsync(page, "First", day, "09:00");
        var second = await BookAsync(page, "Second", day, "11:00");
        first.Should().NotBe(second);
        await page.Context.CloseAsync();
    }

    private static ILocator Link(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static async Task<ILocator> SaveAsync(IPage page)
    {
        await page.Locator("form", new() { Has = page.GetByLabel("Default Meeting Location") })
            .GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();
        return dialog;
    }

    /// <returns>The link that the appointment shows, without a reload.</returns>
    private static async Task<string> BookAsync(IPage page, string title, DateOnly day, string time)
    {
        await page.VisitAsync($"/a/northwind/calendar?view=day&date={day:yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book appointment", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Date", new() { Exact = true }).FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await dialog.GetByLabel("Time", new() { Exact = true }).FillAsync(time);
        await dialog.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Jo Field");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        var link = page.GetByRole(AriaRole.Dialog, new() { Name = title }).Locator("a[href*='/j/']");
        await link.WaitForAsync();
        return (await link.GetAttributeAsync("href"))!;
    }
}
