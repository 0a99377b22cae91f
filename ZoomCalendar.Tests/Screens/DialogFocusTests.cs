using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// The focus of an opened dialog: its first field, else its main action; for a destructive action the safe
/// choice. Closing returns the focus.
/// </summary>
[OnSqlite("Where the focus is does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class DialogFocusTests(ScreenTestHost screens)
{
    private const string FocusedName = """
        () => {
          const field = document.activeElement;
          return field.getAttribute("aria-label") || field.labels?.[0]?.innerText.trim().split("\n")[0] || (field === document.body ? "nothing" : field.innerText?.trim()) || field.tagName;
        }
        """;

    [ChromiumFact]
    public async Task Every_dialog_focuses_its_first_field_or_main_action_and_returns_the_focus()
    {
        List<string> faults = [];
        foreach (var reader in (await DialogsAsync()).GroupBy(dialog => dialog.Who))
        {
            var page = await Browser.OpenAsync(screens.App);
            await page.SignInAsync(reader.Key);
            foreach (var dialog in reader)
            {
                try
                {
                    await TryAsync(page, dialog, faults);
                }
                catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
                {
                    faults.Add($"{dialog.Name}: {exception.Message.Split('\n')[0]}");
                }
            }

            await page.Context.CloseAsync();
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Every_dialog_of_the_app_is_tested()
    {
        var walked = (await DialogsAsync()).Select(dialog => dialog.Component).ToHashSet();

        var written = Sources.Of("ZoomCalendar.Web")
            .Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal)
                && (file.Text.Contains("<MudDialog>", StringComparison.Ordinal) || file.Text.Contains("<Modal ", StringComparison.Ordinal)))
            .Select(file => Path.GetFileNameWithoutExtension(file.Path));

        written.Should().BeSubsetOf(walked);
    }

    private static async Task TryAsync(IPage page, Dialog dialog, List<string> faults)
    {
        await page.VisitAsync(dialog.Address);
        await (dialog.Before?.Invoke(page) ?? Task.CompletedTask);
        var opener = dialog.Opener?.Invoke(page);
        if (opener is not null)
        {
            await Assertions.Expect(opener).ToBeEnabledAsync();
            await opener.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        var shown = page.GetByRole(AriaRole.Dialog).Last;
        await shown.WaitForAsync(new() { Timeout = 15_000 });
        if (!await HoldsAsync(page, $"expected => ({FocusedName})() === expected", dialog.Focus))
        {
            faults.Add($"{dialog.Name}: the focus is on {await page.EvaluateAsync<string>(FocusedName)}, not on {dialog.Focus}");
        }

        if (opener is null)
        {
            return;
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        if (!await HoldsAsync(page, "opener => opener === document.activeElement", await opener.ElementHandleAsync()))
        {
            faults.Add($"{dialog.Name}: closed, the focus is on {await page.EvaluateAsync<string>(FocusedName)}");
        }
    }

    /// <summary>Scripts set the focus a moment after the dialog is drawn.</summary>
    private static async Task<bool> HoldsAsync(IPage page, string condition, object argument)
    {
        try
        {
            await page.WaitForFunctionAsync(condition, argument, new() { Timeout = 10_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<Dialog>> DialogsAsync()
    {
        const string cleo = "cleo@demo.test";
        var (intro, consultation, legacy) = ((await screens.CalendarAsync("intro-call")).Value,
            (await screens.CalendarAsync("consultation")).Value, (await screens.CalendarAsync("classic-sessions")).Value);
        var cleosId = (await screens.UserAsync(cleo)).Value;
        var details = $"/a/northwind/calendar?open={screens.Booked.Value:N}";
        var ada = await screens.UserAsync(ScreenTestHost.Ada);
        var colleagues = (await screens.ReadAsync(db => db.Appointments.Where(row => row.HostId == ada).Select(row => row.Id).FirstAsync()))
            .Value;
        var calendar = "/a/northwind/calendar?view=week";
        return
        [
            new(
                "connect",
                "ConnectZoomDialog",
                cleo,
                "/a/northwind/profile/integrations",
                "Connect to Zoom",
                page => page.Named("Connect")),
            new(
                "disconnect",
                "DisconnectZoomDialog",
                ScreenTestHost.Ben,
                "/a/northwind/profile/integrations",
                "Stay connected",
                page => page.Named("Disconnect")),
            new(
                "QR code",
                "QrCodeDialog",
                ScreenTestHost.Ben,
                "/a/northwind/profile",
                "Done",
                page => page.Named("QR code of Intro call")),
            new("other calendars", "OtherCalendarsDialog", ScreenTestHost.Ben, "/a/northwind/profile?location=Zoom", "Yes, all of them",
                page => page.Locator("form", new() { Has = page.GetByLabel("Default Meeting Location") })
                    .GetByRole(AriaRole.Button, new() { Name = "Save" })),
            new(
                "new calendar",
                "NewCalendarDialog",
                ScreenTestHost.Ada,
                "/a/northwind/settings/calendars",
                "Name",
                page => page.Named("New calendar")),
            new(
                "archive",
                "ConfirmDialog",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{intro}",
                "Archive",
                page => page.Named("Archive")),
            new(
                "upgrade",
                "ConfirmDialog",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{legacy}",
                "Cancel",
                page => page.Named("Upgrade to V3")),
            new(
                "remove a calendar's member",
                "ConfirmDialog",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{consultation}?tab=team",
                "Cancel",
                page => page.Named("Remove").First),
            new(
                "remove from the team",
                "ConfirmDialog",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/team/{cleosId}",
                "Cancel",
                page => page.Named("Remove"),
                page => page.GetByLabel("Keep the", new() { Exact = false }).CheckAsync()),
            new(
                "leave without saving",
                "UnsavedGuard",
                ScreenTestHost.Ada,
                "/a/northwind/profile",
                "Stay",
                page => page.GetByRole(AriaRole.Link, new() { Name = "Activity" }),
                page => page.Locator("#name").FillAsync("Ada Unsaved")),
            new(
                "sign out everywhere else",
                "ConfirmDialog",
                cleo,
                "/a/northwind/profile/security",
                "Cancel",
                page => page.Named("Sign out everywhere else"),
                page => SignInElsewhereAsync(page)),
            new(
                "confirm it is you",
                "ConfirmIdentityDialog",
                ScreenTestHost.Ada,
                "/a/northwind/settings/private-integrations",
                "Password",
                page => page.Named("Create token"),
                page => page.FillTokenAsync(screens)),
            new("book", "BookDialog", ScreenTestHost.Ada, calendar, "Calendar", page => page.Named("Book appointment")),
            new("slot", "SlotDialog", ScreenTestHost.Ada, "/a/northwind/calendar?view=agenda", "Copy link", page => page.SharedSlot()),
            new("appointment", "DetailsDialog", ScreenTestHost.Ben, details, "Edit", null),
            new("a colleague's appointment", "DetailsDialog", cleo, $"/a/northwind/calendar?open={colleagues:N}", "Show history", null),
            new("edit", "AppointmentForm", ScreenTestHost.Ben, details, "Title", null, page => InDialogAsync(page, "Edit")),
            new("reschedule", "MoveDialog", ScreenTestHost.Ben, details, "Date", null, page => InDialogAsync(page, "Reschedule")),
            new("cancel", "CancelDialog", ScreenTestHost.Ben, details, "Keep", null, page => InDialogAsync(page, "Cancel appointment")),
            new("nothing there", "SchedulePage", ScreenTestHost.Ben, $"/a/northwind/calendar?open={Guid.NewGuid():N}", "Close", null),
        ];
    }

    private async Task SignInElsewhereAsync(IPage page)
    {
        using var elsewhere = await screens.App.SignedInAsync("cleo@demo.test");
        await page.VisitAsync("/a/northwind/profile/security");
    }

    private static async Task InDialogAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <param name="Name">For messages.</param>
    /// <param name="Component">The component that the dialog is written in.</param>
    /// <param name="Who">Whose sign-in it takes.</param>
    /// <param name="Address">The page it opens on.</param>
    /// <param name="Focus">What the focus is expected on, by its label.</param>
    /// <param name="Opener">What opens it by Enter; null: the address does.</param>
    /// <param name="Before">What is done on the page before.</param>
    private sealed record Dialog(
        string Name,
        string Component,
        string Who,
        string Address,
        string Focus,
        Func<IPage, ILocator>? Opener,
        Func<IPage, Task>? Before = null);
}

file static class Buttons
{
    public static ILocator Named(this IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });
}
