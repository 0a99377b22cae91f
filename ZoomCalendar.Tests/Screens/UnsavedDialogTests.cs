using Microsoft.Playwright;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// Dialogs with input ask before it is lost, and are restored after a lost circuit.
/// </summary>
[OnSqlite("What a browser keeps does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class UnsavedDialogTests(ScreenTestHost screens)
{
    private const string Kept = "We kept what you typed";

    [ChromiumFact]
    public async Task Every_way_of_closing_a_filled_Book_dialog_asks_and_Stay_keeps_the_input()
    {
        var page = await OpenAsync(ScreenTestHost.Ada, "/a/northwind/calendar?view=week");
        var dialog = await BookAsync(page);
        await dialog.GetByLabel("Name").FillAsync("Jo Field");
        Func<Task>[] ways =
        [
            () => page.Keyboard.PressAsync("Escape"),
            () => dialog.Locator(".modal-head").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync(),
            () => dialog.Locator(".modal-foot").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync(),
        ];

        // Escape twice: browsers let the second one through where the first was only refused.
        foreach (var close in ways.Prepend(ways[0]))
        {
            await close();
            await Question(page).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
            await Assertions.Expect(Question(page)).ToHaveCountAsync(0);
            await Assertions.Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Jo Field");
        }

        await page.Keyboard.PressAsync("Escape");
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        dialog = await BookAsync(page);
        await Assertions.Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task An_unsaved_appointment_edit_asks_before_leaving_and_is_restored()
    {
        var id = await screens.BookOneAsync(booker: "Edited Field");
        var page = await OpenAsync(ScreenTestHost.Ben, $"/a/northwind/calendar?open={id.Value:N}");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Edited Field" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await dialog.GetByLabel("Notes").FillAsync("Half a note");
        await KeptAsync(page);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await page.ReloadAsync();
        await Assertions.Expect(dialog.GetByLabel("Notes")).ToHaveValueAsync("Half a note");
        await Assertions.Expect(dialog.GetByText(Kept)).ToBeVisibleAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByText("Half a note")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByLabel("Notes")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task An_unfinished_move_is_restored()
    {
        var id = await screens.BookOneAsync(booker: "Moved Field");
        var page = await OpenAsync(ScreenTestHost.Ben, $"/a/northwind/calendar?open={id.Value:N}");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Reschedule" });
        await dialog.GetByLabel("Duration in minutes").FillAsync("50");
        await dialog.GetByLabel("Duration in minutes").BlurAsync();
        await KeptAsync(page);

        await page.ReloadAsync();

        await Assertions.Expect(dialog.GetByLabel("Duration in minutes")).ToHaveValueAsync("50");
        await Assertions.Expect(dialog).ToContainTextAsync("Moved Field");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep this time" }).ClickAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task An_unsaved_new_calendar_asks_before_leaving_and_is_restored()
    {
        var page = await OpenAsync(ScreenTestHost.Ada, "/a/northwind/settings/calendars");
        await page.GetByRole(AriaRole.Button, new() { Name = "New calendar" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New calendar" });
        await dialog.GetByLabel("Name").FillAsync("Half a calendar");
        await KeptAsync(page);

        await page.Keyboard.PressAsync("Escape");
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await page.ReloadAsync();
        await Assertions.Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Half a calendar");
        await Assertions.Expect(dialog.GetByLabel("Address of the booking page")).ToHaveValueAsync("half-a-calendar");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.AliveAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task After_a_server_restart_the_Book_dialog_is_restored_and_books_once()
    {
        await using var data = await AppData.CreateAsync();
        await using var zoom = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System);
        var app = await AppProcess.StartAsync(data, zoom);
        var page = await Browser.OpenAsync(app.Address);
        await page.SignInAsync("ben@demo.test");
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(21);
        await page.VisitAsync($"/a/northwind/calendar?view=day&date={day:yyyy-MM-dd}");
        var dialog = await BookAsync(page);
        await dialog.ChooseAsync("Calendar", "Intro call");
        await dialog.GetByLabel("Date").FillAsync($"{day:yyyy-MM-dd}");
        await dialog.GetByLabel("Time").FillAsync("11:15");
        await dialog.GetByLabel("Email").FillAsync("jo@example.test");
        await dialog.GetByLabel("Name").FillAsync("Jo Field");
        await KeptAsync(page);
        var notes = string.Join(' ', Enumerable.Repeat("Typed when it stopped.", 12));
        var length = await page.EvaluateAsync<int>("JSON.stringify(sessionStorage).length");
        await dialog.GetByLabel("Notes").FillAsync(notes);
        // What is kept is encrypted. Its length tells that the notes are in it, whichever earlier field is kept at the same time.
        await page.WaitForFunctionAsync("least => JSON.stringify(sessionStorage).length > least", length + notes.Length);

        await app.KillAsync();
        await Assertions.Expect(page.GetByText("Connection lost")).ToBeVisibleAsync();
        await app.DisposeAsync();
        await using var restarted = await AppProcess.StartAsync(data, zoom, at: app.Address);
        // After some tries without an answer the page waits to be asked.
        await page.AddLocatorHandlerAsync(page.GetByRole(AriaRole.Button, new() { Name = "Try again" }), button => button.ClickAsync());

        await Assertions.Expect(dialog.GetByText(Kept)).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Assertions.Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Jo Field");
        await Assertions.Expect(dialog.GetByLabel("Email")).ToHaveValueAsync("jo@example.test");
        await Assertions.Expect(dialog.GetByLabel("Notes")).ToHaveValueAsync(notes);
        await Assertions.Expect(dialog.GetByLabel("Date", new() { Exact = true })).ToHaveValueAsync($"{day:dd/MM/yyyy}");
        await Assertions.Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("11:15");
        if (await dialog.GetByLabel("Book it anyway").CountAsync() > 0)
        {
            await dialog.GetByLabel("Book it anyway").CheckAsync();
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Booked.")).ToBeVisibleAsync();
        await page.VisitAsync("/a/northwind/calendar");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private static ILocator Question(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without saving?" });

    private static async Task<ILocator> BookAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Book appointment" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Book an appointment" });
        await dialog.GetByLabel("Date").WaitForAsync();
        return dialog;
    }

    private static Task KeptAsync(IPage page) =>
        page.WaitForFunctionAsync(
            "() => document.querySelector('[data-unsaved]') && Object.keys(sessionStorage).some(key => key.startsWith('draft:'))");

    private async Task<IPage> OpenAsync(string email, string address)
    {
        var page = await Browser.OpenAsync(screens.App);
        await page.SignInAsync(email);
        await page.VisitAsync(address);
        return page;
    }
}
