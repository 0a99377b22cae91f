using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The same page is open twice. The second save is refused, shows the present state and overwrites nothing.</summary>
[OnSqlite("What a page shows after a refused save does not depend on the database; the refusal itself is tested on both.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class TwoTabsTests(ScreenTestHost screens)
{
    [ChromiumFact]
    public async Task Saving_an_outdated_settings_page_is_refused_and_shows_the_present_state()
    {
        var (calendar, member) = ((await screens.CalendarAsync("consultation")).Value, (await screens.UserAsync("cleo@demo.test")).Value);
        var first = await Browser.OpenAsync(screens.App);
        await first.SignInAsync(ScreenTestHost.Ada);
        var second = await first.Context.NewPageAsync();

        await TryAsync(first, second, "profile", page => page.GetByLabel("Name", new() { Exact = true }), "Ada One", "Ada Two");
        await TryAsync(first, second, "profile", page => page.GetByLabel("Default Meeting Location"), "Custom", "Phone", "Link or text");
        await TryAsync(first, second, "profile/availability", page => page.GetByLabel("Monday, from"), "07:00", "08:00");
        await TryAsync(
            first, second, $"settings/calendars/{calendar}", page => page.GetByLabel("Name", new() { Exact = true }), "One", "Two");
        await TryAsync(first, second, $"settings/calendars/{calendar}?tab=availability", page => page.GetByLabel("Duration"), "30", "60");
        await TryAsync(first, second, $"settings/calendars/{calendar}?tab=meetings", page => page.GetByLabel("Passcode"), "one", "two");
        await TryAsync(
            first,
            second,
            $"settings/calendars/{calendar}?tab=team",
            page => page.GetByRole(AriaRole.Form, new() { Name = "User Ada" }).GetByLabel("Phone number"),
            "+1 1",
            "+1 2");
        await TryAsync(
            first,
            second,
            $"settings/team/{member}",
            page => page.GetByLabel("Default Meeting Location"),
            "Custom",
            "Phone",
            "Link or text");
        await first.Context.CloseAsync();
    }

    private static async Task TryAsync(
        IPage first, IPage second, string path, Func<IPage, ILocator> field, string one, string two, string? detail = null)
    {
        await first.VisitAsync("/a/northwind/" + path);
        await second.VisitAsync("/a/northwind/" + path);

        await SaveAsync(first, field(first), one, detail);
        await Assertions.Expect(first.Locator(".mud-snackbar").First).ToBeVisibleAsync();
        await SaveAsync(second, field(second), two, detail);

        await Assertions.Expect(second.GetByRole(AriaRole.Alert).Filter(new() { HasText = "in the meantime" })).ToBeVisibleAsync();
        await field(second).ExpectValueAsync(one);
    }

    private static async Task SaveAsync(IPage page, ILocator field, string value, string? detail)
    {
        await field.SetAsync(value);
        var form = field.Locator("xpath=ancestor::form");
        if (detail is not null)
        {
            await (value == "Phone" ? page.GetByLabel("Phone number") : page.GetByLabel(detail)).FillAsync("+1 555 0199");
            await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).FocusAsync();
        }

        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
    }
}
