using Microsoft.Playwright;
using NodaTime;
using ZoomCalendar.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>Dragging, by mouse, finger and keys.</summary>
public sealed partial class ScheduleBrowserTests
{
    [ChromiumFact]
    public async Task Dragging_asks_first_and_then_moves()
    {
        var page = await OpenAsync("ben@demo.test", $"view=week&date={Iso(Free(5))}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var appointment = page.Locator(".ap", new() { HasText = "Dragged" });
        await BookAsync(page, "Dragged", "10:00", weeks: 5);
        await CloseAsync(dialog);

        var box = (await appointment.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 20, box.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 20, box.Y + 68, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("11:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(appointment.GetByText("11:00–11:30")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task In_the_month_an_appointment_goes_to_another_day_by_pointer_and_by_keys()
    {
        var day = Free(6);
        var page = await OpenAsync("ben@demo.test", $"view=month&date={Iso(day)}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await BookAsync(page, "In the month", "10:00", weeks: 6);
        await CloseAsync(dialog);
        ILocator On(LocalDate date) => page.Locator($"td[data-day='{Iso(date)}'] .ap", new() { HasText = "In the month" });

        await On(day).DragToAsync(page.Locator($"td[data-day='{Iso(day.PlusDays(1))}']"));
        await Expect(dialog.GetByLabel("Date")).ToHaveValueAsync($"{day.PlusDays(1):dd/MM/uuuu}");
        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("10:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(On(day.PlusDays(1))).ToBeVisibleAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await On(day.PlusDays(1)).FocusAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByText("Moving In the month")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator($"td.target[data-day='{Iso(day)}']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(On(day)).ToBeVisibleAsync();
        await Expect(page.Locator("td[data-day] :focus")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task The_end_is_changed_with_the_mouse_and_with_shift_and_the_arrows()
    {
        var page = await OpenAsync("ben@demo.test", $"view=week&date={Iso(Free(7))}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var appointment = page.Locator(".ap", new() { HasText = "Longer" });
        await BookAsync(page, "Longer", "10:00", weeks: 7);
        await CloseAsync(dialog);

        var box = (await appointment.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 20, box.Y + box.Height - 3);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 20, box.Y + box.Height + 12, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(appointment.GetByText("10:00–10:45")).ToBeVisibleAsync();

        await appointment.ClickAsync();
        await CloseAsync(dialog);
        await Expect(appointment).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByText("Moving Longer")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(page.GetByText("10:00–11:00").First).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(appointment.GetByText("10:00–11:00")).ToBeVisibleAsync();
        await Expect(appointment).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_long_touch_drags_the_appointment()
    {
        var page = await Browser.OpenAsync(
            app, options => (options.HasTouch, options.ViewportSize) = (true, new ViewportSize { Width = 390, Height = 844 }));
        await page.SignInAsync("ben@demo.test");
        await page.VisitAsync($"/a/northwind/calendar?view=day&date={Iso(Free(5))}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var appointment = page.Locator(".ap", new() { HasText = "By finger" });
        await BookAsync(page, "By finger", "14:00", weeks: 5);
        await CloseAsync(dialog);
        await appointment.ScrollIntoViewIfNeededAsync();
        var box = (await appointment.BoundingBoxAsync())!;
        var touch = await page.Context.NewCDPSessionAsync(page);
        Task TouchAsync(string type, params object[] points) =>
            touch.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = points });

        await TouchAsync("touchStart", new { x = box.X + 20, y = box.Y + 8 });
        await Expect(page.Locator(".ap.dragged")).ToBeVisibleAsync();
        await TouchAsync("touchMove", new { x = box.X + 20, y = box.Y + 38 });
        await TouchAsync("touchMove", new { x = box.X + 20, y = box.Y + 68 });
        await TouchAsync("touchEnd");

        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("15:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(appointment.GetByText("15:00–15:30")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
