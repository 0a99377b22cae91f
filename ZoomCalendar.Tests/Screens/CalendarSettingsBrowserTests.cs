using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Settings > Calendar Settings on a desktop and on a phone.</summary>
[OnSqlite("What stands where on a page does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class CalendarSettingsBrowserTests(ScreenTestHost screens)
{
    [ChromiumFact]
    public async Task Opening_a_calendar_shows_the_users_meeting_location_without_scrolling_or_another_press()
    {
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            var page = await OpenAsync(width, height);
            await page.VisitAsync("/a/northwind/settings/calendars");

            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Intro call", Exact = true }).ClickAsync();

            var user = page.GetByRole(AriaRole.Form, new() { Name = "User Ben Okafor" });
            await Assertions.Expect(user.GetByRole(AriaRole.Heading, new() { Name = "User Ben Okafor" })).ToBeInViewportAsync();
            await Assertions.Expect(user.GetByLabel("Meeting Location")).ToBeInViewportAsync(new() { Ratio = 1 });
            await page.Context.CloseAsync();
        }
    }

    [ChromiumFact]
    public async Task A_refused_save_takes_the_keyboard_to_the_field_that_is_wrong()
    {
        var page = await OpenAsync(390, 844);
        await page.VisitAsync($"/a/northwind/settings/calendars/{(await screens.CalendarAsync("yoga-class")).Value}?tab=availability");
        await page.GetByLabel("Duration").FillAsync("1");

        await page.GetByRole(AriaRole.Form, new() { Name = "Slot rules" })
            .GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("Duration")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Duration")).ToHaveValueAsync("1");
        await Assertions.Expect(page.GetByText("The duration must be 5 minutes to 24 hours, in whole minutes.")).ToBeInViewportAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Escape_closes_the_open_list_of_a_new_calendars_types_and_then_the_dialog()
    {
        var page = await OpenAsync(1440, 900);
        await page.VisitAsync("/a/northwind/settings/calendars");
        await page.GetByRole(AriaRole.Button, new() { Name = "New calendar" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New calendar" });
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Type" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Collective" }).WaitForAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await Assertions.Expect(dialog).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task The_focus_and_what_is_chosen_are_seen_in_forced_colours()
    {
        var page = await OpenAsync(1440, 900);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.VisitAsync($"/a/northwind/settings/calendars/{(await screens.CalendarAsync("yoga-class")).Value}?tab=meetings");
        var first = page.GetByRole(AriaRole.Switch).First;

        await first.FocusAsync();
        await page.Keyboard.PressAsync("Tab");

        (await page.EvaluateAsync<string>("getComputedStyle(document.activeElement.closest('.mud-icon-button')).outlineStyle"))
            .Should().Be("solid", "the ring stands around the switch");
        var track = page.Locator(".mud-switch-track").First;
        (await track.EvaluateAsync<string>("track => getComputedStyle(track).borderTopStyle"))
            .Should().Be("solid", "the switch itself is drawn");
        var tabs = page.GetByRole(AriaRole.Tab);
        var backgrounds = await tabs.EvaluateAllAsync<string[]>("tabs => tabs.map(tab => getComputedStyle(tab).backgroundColor)");
        backgrounds[2].Should().NotBe(backgrounds[0], "the chosen tab differs from the others");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(int width, int height)
    {
        var page = await Browser.OpenAsync(
            screens.App, options => options.ViewportSize = new ViewportSize { Width = width, Height = height });
        await page.SignInAsync(ScreenTestHost.Ada);
        return page;
    }
}
