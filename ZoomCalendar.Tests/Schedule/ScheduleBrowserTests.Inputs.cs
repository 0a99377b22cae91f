using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>The same by clicks alone (WCAG 2.2, 2.5.7) and by keys alone.</summary>
public sealed partial class ScheduleBrowserTests
{
    private const int MostTabs = 100;

    /// <summary>A new drag needs its own clicks: add them to the test below.</summary>
    [Fact]
    public void The_drags_are_moving_in_time_moving_to_another_day_and_changing_the_end()
    {
        var web = Path.Combine(Sources.Root, "ZoomCalendar.Web");
        var scripts = Directory.EnumerateFiles(Path.Combine(web, "Components"), "*.js", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(web, "wwwroot"), "*.js"));

        var drags = scripts.Select(script => (Name: Path.GetFileName(script), Text: File.ReadAllText(script)))
            .Where(script => script.Text.Contains("pointermove", StringComparison.Ordinal))
            .SelectMany(script => Told().Matches(script.Text).Select(told => $"{script.Name}: {told.Groups["what"].Value}"));

        drags.Should().BeEquivalentTo(
            ["TimeGrid.razor.js: ResizedAsync", "TimeGrid.razor.js: DroppedAsync", "MonthGrid.razor.js: DroppedAsync"]);
        Sources.Of("ZoomCalendar.Web").Where(file => MayDrag().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();
    }

    [ChromiumFact]
    public async Task Clicks_alone_move_an_appointment_in_time_and_to_another_day_and_change_its_duration()
    {
        var day = Free(3);
        var other = day.PlusDays(day.PlusDays(1).Month == day.Month ? 1 : -1);
        var page = await OpenAsync("ben@demo.test", $"view=week&date={Iso(day)}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var appointment = page.Locator(".ap", new() { HasText = "By clicks" });
        ILocator Button(string name) => dialog.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await BookAsync(page, "By clicks", "15:00", weeks: 3);
        await CloseAsync(dialog);

        // In place of dragging to another time.
        await appointment.ClickAsync();
        await Button("Reschedule").ClickAsync();
        await Button("16:00").ClickAsync();
        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("16:00");
        await Button("Reschedule").ClickAsync();
        await Expect(appointment.GetByText("16:00–16:30")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        // In place of dragging the end.
        await appointment.ClickAsync();
        await Button("Reschedule").ClickAsync();
        await Expect(dialog.GetByLabel("Duration in minutes")).ToHaveValueAsync("30");
        foreach (var minutes in new[] { "35", "40", "45" })
        {
            await dialog.Locator(".mud-input-numeric-spin button").First.ClickAsync();
            await Expect(dialog.GetByLabel("Duration in minutes")).ToHaveValueAsync(minutes);
        }

        await Button("Reschedule").ClickAsync();
        await Expect(appointment.GetByText("16:00–16:45")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        // In place of dragging to another day, in the week or the month.
        await page.GetByRole(AriaRole.Button, new() { Name = "Month", Exact = true }).ClickAsync();
        await page.Locator($"td[data-day='{Iso(day)}'] .ap", new() { HasText = "By clicks" }).ClickAsync();
        await Button("Reschedule").ClickAsync();
        await Button("Pick a day").ClickAsync();
        await page.Locator(".mud-popover-open button.mud-day:not(.mud-hidden)", new() { HasTextRegex = new($"^\\s*{other.Day}\\s*$") })
            .ClickAsync();
        await Expect(dialog.GetByLabel("Date")).ToHaveValueAsync($"{other:dd/MM/uuuu}");
        await Button("Reschedule").ClickAsync();
        await Expect(page.Locator($"td[data-day='{Iso(other)}'] .ap", new() { HasText = "By clicks" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Keys_alone_sign_in_book_move_and_cancel()
    {
        var page = await Browser.OpenAsync(app);
        var dialog = page.GetByRole(AriaRole.Dialog);
        var appointment = page.Locator(".ap", new() { HasText = "Kay Board" });
        var calendar = $"/a/northwind/calendar?view=day&date={Iso(Free(2))}&who={await IdOfBenAsync()}&calendars={await IntroCallAsync()}";

        await page.GotoAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(calendar)}");
        await TabToAsync(page, page.GetByLabel("Email"));
        await page.Keyboard.TypeAsync("ben@demo.test");
        await TabToAsync(page, page.GetByLabel("Password"));
        await page.Keyboard.TypeAsync("Zoom-Calendar-1");
        await page.Keyboard.PressAsync("Enter");
        await page.AliveAsync();

        await TabToAsync(page, page.Locator(".cell"));
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".cell:focus")).ToHaveAttributeAsync("aria-label", new Regex("09:30: free"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("09:30");
        await TabToAsync(page, dialog.GetByLabel("Name"));
        await page.Keyboard.TypeAsync("Kay Board");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Kay Board" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        await Expect(appointment).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByText("Moving Kay Board")).ToBeAttachedAsync();
        foreach (var minute in new[] { 585, 600 })
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(page.Locator(".ghost")).ToHaveAttributeAsync("style", new Regex($"--f:{minute};"));
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(appointment.GetByText("10:00–10:30")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await Expect(appointment).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel appointment" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(appointment).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    /// <summary>Presses Tab until an element has the focus; first it must be there.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var press = 0; press < MostTabs; press++)
        {
            if (await target.EvaluateAsync<bool>("target => target === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"Tab does not reach {target}.");
    }

    private async Task<string> IntroCallAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        return (await db.Calendars.SingleAsync(calendar => calendar.Name == "Intro call")).Id.Value.ToString("N");
    }

    [GeneratedRegex("invokeMethodAsync\\(\"(?<what>\\w+)\"")]
    private static partial Regex Told();

    [GeneratedRegex("draggable=|@ondrag|MudDropZone|MudDropContainer|MudSlider|type=\"range\"")]
    private static partial Regex MayDrag();
}
