using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Screens;

/// <summary>One screen: a page as it opens, or what opens on it.</summary>
/// <param name="Name">For pictures and messages.</param>
/// <param name="Who">Whose sign-in it takes; null: a visitor's.</param>
/// <param name="Address">In the demo data.</param>
/// <param name="Open">What to press once the page is alive; null: nothing.</param>
internal sealed record AppPage(string Name, string? Who, string Address, Func<IPage, Task>? Open = null);

/// <summary>Every page of the app, from its own routes, so that a new one cannot be forgotten.</summary>
internal static class AppPages
{

    private static readonly string?[] Readers = [null, ScreenTestHost.Ada, ScreenTestHost.Ben];

    public static async Task<IReadOnlyList<AppPage>> FindAsync(ScreenTestHost screens)
    {
        var addresses = await Addresses.OfAsync(screens);
        // The reference of the interface for programs is drawn by a library.
        var templates = Addresses.Routes(screens)
            .Where(route => route.Method is "GET" && !route.Template.StartsWith("/api", StringComparison.Ordinal))
            .Select(route => route.Template);
        Dictionary<string, AppPage> pages = [];
        foreach (var reader in Readers)
        {
            using var client = reader is null ? screens.App.NewVisitor() : await screens.App.SignedInAsync(reader);
            foreach (var template in templates.Where(template => !pages.ContainsKey(template)))
            {
                using var answer = await client.GetAsync(addresses.Of(template), HttpCompletionOption.ResponseHeadersRead);
                if (answer.Content.Headers.ContentType?.MediaType is "text/html"
                    && (answer.IsSuccessStatusCode || template is "/not-found"))
                {
                    pages[template] = new AppPage(NameOf(template), reader, addresses.Of(template));
                }
            }
        }

        pages.Keys.Should().Contain(PageRoutes.Pages.Select(page => page.Template), "every page of the route table opens for somebody");
        return [.. pages.Values];
    }

    /// <summary>Dialogs and panels.</summary>
    public static async Task<IReadOnlyList<AppPage>> OpenedAsync(ScreenTestHost screens)
    {
        const string cleo = "cleo@demo.test";
        return
        [
            new("dialog-connect", cleo, "/a/northwind/profile/integrations", page => page.Press("Connect")),
            new("dialog-disconnect", ScreenTestHost.Ben, "/a/northwind/profile/integrations", page => page.Press("Disconnect")),
            new("dialog-other-calendars", ScreenTestHost.Ben, "/a/northwind/profile?location=Zoom", page => SaveDefaultAsync(page)),
            new("dialog-new-calendar", ScreenTestHost.Ada, "/a/northwind/settings/calendars", page => page.Press("New calendar")),
            new(
                "dialog-confirm-identity",
                ScreenTestHost.Ada,
                "/a/northwind/settings/private-integrations",
                async page =>
                {
                    await page.FillTokenAsync(screens);
                    await page.Press("Create token");
                }),
            new("dialog-leave", ScreenTestHost.Ada, "/a/northwind/profile", page => LeaveAsync(page)),
            new(
                "dialog-appointment",
                ScreenTestHost.Ben,
                $"/a/northwind/calendar?open={screens.Booked.Value:N}",
                page => page.Press("Show history")),
            new("dialog-slot", ScreenTestHost.Ada, "/a/northwind/calendar?view=agenda", page => page.OpenSlotAsync()),
            new(
                "dialog-book",
                ScreenTestHost.Ada,
                "/a/northwind/calendar",
                page => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Book|New)") }).First.ClickAsync()),
            new(
                "notices",
                ScreenTestHost.Ada,
                "/a/northwind/activity",
                page => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") }).ClickAsync()),
            new(
                "settings-slot-rules",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{(await screens.CalendarAsync("yoga-class")).Value}?tab=availability"),
            new(
                "settings-users",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{(await screens.CalendarAsync("consultation")).Value}?tab=team"),
            new(
                "settings-meetings",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{(await screens.CalendarAsync("intro-call")).Value}?tab=meetings"),
            new(
                "settings-legacy",
                ScreenTestHost.Ada,
                $"/a/northwind/settings/calendars/{(await screens.CalendarAsync("classic-sessions")).Value}?tab=team"),
            new("not-found-inside", ScreenTestHost.Ben, $"/a/northwind/settings/calendars/{Guid.Empty}"),
            new("not-found-anywhere", ScreenTestHost.Ben, "/no/such/page"),
            new("not-found-elsewhere", ScreenTestHost.Ben, "/a/no-such-place/calendar"),
            new("forbidden", ScreenTestHost.Ben, "/a/northwind/settings/team"),
            new("empty-activity", cleo, "/a/northwind/activity?show=Quota"),
        ];
    }

    public static async Task ShowAsync(this IPage page, AppPage screen)
    {
        await page.GotoAsync(screen.Address);
        if (await page.Locator("[data-interactive]").CountAsync() > 0)
        {
            await page.AliveAsync();
        }

        if (screen.Open is { } open)
        {
            await open(page);
            if (screen.Name.StartsWith("dialog-", StringComparison.Ordinal))
            {
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            }

            await page.StillAsync();
        }
    }

    /// <summary>Dialogs fade in, and so does the other theme; a change elsewhere loads the calendar anew.</summary>
    public static async Task StillAsync(this IPage page)
    {
        await Assertions.Expect(page.Locator("[aria-busy=true]:not([role=progressbar])")).ToHaveCountAsync(0);
        // A colour that is inherited changes level by level: a new transition may begin as one ends.
        await page.EvaluateAsync("""
            async () => {
              const frame = () => new Promise(requestAnimationFrame);
              const running = () => document.getAnimations().filter(each =>
                each.playState === "running" && each.effect.getComputedTiming().iterations !== Infinity);
              do {
                await Promise.all(running().map(each => each.finished.catch(() => 0)));
                await frame();
                await frame();
              } while (running().length > 0);
            }
            """);
    }

    /// <summary>Fills in a new integration, long after the last proof of who acts.</summary>
    public static async Task FillTokenAsync(this IPage page, ScreenTestHost screens)
    {
        var ada = await screens.UserAsync(ScreenTestHost.Ada);
        await screens.ReadAsync(db => db.Sessions.Where(row => row.UserId == ada)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, (DateTimeOffset?)null)));
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Reports");
        await page.GetByLabel("See calendars", new() { Exact = false }).CheckAsync();
    }

    private static Task Press(this IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Opens a class that several people have booked.</summary>
    public static Task OpenSlotAsync(this IPage page) => page.SharedSlot().ClickAsync();

    public static ILocator SharedSlot(this IPage page) =>
        page.Locator(".ap.grp", new() { HasTextRegex = new("[2-8] of 8") }).First;

    private static async Task SaveDefaultAsync(IPage page)
    {
        await page.Locator("form", new() { Has = page.GetByLabel("Default Meeting Location") })
            .GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
    }

    private static async Task LeaveAsync(IPage page)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Not saved");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).FocusAsync();
        await page.Locator("[data-unsaved]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Link, new() { Name = "Availability" }).ClickAsync();
    }

    private static string NameOf(string template) => template is "/"
        ? "landing"
        : template.Replace("/a/{Slug}/", "", StringComparison.Ordinal).Trim('/')
        .Replace("/{Id:guid}", "", StringComparison.Ordinal).Replace("/{Id}", "-one", StringComparison.Ordinal)
        .Replace("/{business}/{calendar}", "", StringComparison.Ordinal).Replace("/{token}", "", StringComparison.Ordinal)
        .Replace("/{Code:int}", "", StringComparison.Ordinal).Replace('/', '-');
}
