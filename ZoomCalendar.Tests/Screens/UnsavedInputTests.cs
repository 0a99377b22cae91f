using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// Unsaved input: leaving asks first, and it is restored after a lost circuit.
/// </summary>
[OnSqlite("What a browser keeps does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class UnsavedInputTests(ScreenTestHost screens)
{
    private const string Kept = "We kept what you typed";

    /// <summary>A shorter timeout, so that all failing pages are reported together.</summary>
    private static readonly float Soon = 15_000;

    private static readonly Regex Activity = new("/activity$");

    [ChromiumFact]
    public async Task Every_page_with_input_asks_before_it_is_left_and_shows_the_input_again_after_a_reload()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        List<string> faults = [];

        foreach (var form in await FormsAsync())
        {
            try
            {
                await TryAsync(page, form);
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                faults.Add(
                    $"{form.Name}: {exception.Message} {exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("TryAsync(", StringComparison.Ordinal))}");
            }
        }

        faults.Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task The_back_button_asks_as_a_link_does()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/activity");
        await LinkTo(page, "User Profile").ClickAsync();
        await page.Field("name").FillAsync("Ada Unsaved");
        await KeptAsync(page);

        await page.GoBackAsync();

        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        await Assertions.Expect(Question(page)).ToHaveCountAsync(0);
        new Uri(page.Url).AbsolutePath.Should().Be("/a/northwind/profile");
        await Assertions.Expect(page.Field("name")).ToHaveValueAsync("Ada Unsaved");

        await page.GoBackAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Activity);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Switching_tabs_of_a_calendar_keeps_the_edits_without_asking()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync($"/a/northwind/settings/calendars/{(await screens.CalendarAsync("intro-call")).Value}");
        await page.Field("name").FillAsync("Intro unsaved");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Meeting settings" }).ClickAsync();
        await page.GetByLabel("Passcode").FillAsync("unsaved");
        await page.GetByRole(AriaRole.Tab, new() { Name = "General" }).ClickAsync();

        await Assertions.Expect(page.Field("name")).ToHaveValueAsync("Intro unsaved");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Saved_input_is_no_longer_kept()
    {
        var page = await SignedInAsync("cleo@demo.test");
        await page.VisitAsync("/a/northwind/profile/availability");
        await page.GetByLabel("Monday, from").First.FillAsync("07:30");
        await page.GetByLabel("Monday, from").First.BlurAsync();
        await Assertions.Expect(page.Locator("[data-unsaved]")).ToHaveCountAsync(1);
        (await DraftsAsync(page)).Should().NotBe(0, "it is kept until it is saved");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Availability saved.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-unsaved]")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.AliveAsync();

        await Assertions.Expect(page.GetByLabel("Monday, from").First).ToHaveValueAsync("07:30");
        await Assertions.Expect(page.GetByText(Kept)).ToHaveCountAsync(0);
        (await DraftsAsync(page)).Should().Be(0);
        await LinkTo(page, "Activity").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Activity);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Discarding_kept_input_shows_the_saved_values()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/profile/availability");
        await page.GetByLabel("Monday, from").First.FillAsync("06:15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add hours to Sunday" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Sunday, from")).ToHaveCountAsync(2);
        await KeptAsync(page);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Monday, from").First).ToHaveValueAsync("06:15");
        await Assertions.Expect(page.GetByLabel("Sunday, from")).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("Monday, from").First).Not.ToHaveValueAsync("06:15");
        await Assertions.Expect(page.GetByLabel("Sunday, from")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByText(Kept)).ToHaveCountAsync(0);
        (await DraftsAsync(page)).Should().Be(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Typed_text_counts_before_the_field_is_left()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/settings/team");
        await page.GetByLabel("Email").PressSequentiallyAsync("somebody@example.test");
        await KeptAsync(page);

        await page.ReloadAsync();

        await Assertions.Expect(page.GetByLabel("Email")).ToHaveValueAsync("somebody@example.test");
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Signing_out_leaves_no_kept_input_in_the_browser()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/profile");
        await page.Field("name").FillAsync("Ada Unsaved");
        await KeptAsync(page);

        (await page.EvaluateAsync<bool>("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")).Should()
            .BeTrue("the browser itself asks where we cannot");
        // The form goes nowhere: the page that the session's end closes, the form's answer and the browser's question would race.
        await page.EvaluateAsync("addEventListener('submit', event => event.preventDefault(), { capture: true })");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        (await DraftsAsync(page)).Should().Be(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Another_user_of_the_same_browser_tab_sees_no_kept_input()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/profile/availability");
        await page.GetByLabel("What for").FillAsync("Ada's secret plan");
        await KeptAsync(page);
        // The session ends silently: cookies were cleared, or the server ended it.
        await page.Context.ClearCookiesAsync();
        (await page.EvaluateAsync<string>("JSON.stringify(Object.entries(sessionStorage))")).Should()
            .NotContain("secret plan", "it is encrypted");

        await page.SignInAsync(ScreenTestHost.Ben);
        await page.VisitAsync("/a/northwind/profile/availability");

        await Assertions.Expect(page.GetByLabel("What for")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByText(Kept)).ToHaveCountAsync(0);

        await page.Context.ClearCookiesAsync();
        await page.SignInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/profile/availability");
        await Assertions.Expect(page.GetByLabel("What for")).ToHaveValueAsync("Ada's secret plan");
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Leaving_a_page_with_a_token_shown_once_asks_and_the_token_is_not_kept()
    {
        var page = await SignedInAsync(ScreenTestHost.Ada);
        await page.VisitAsync("/a/northwind/settings/private-integrations");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("A program");
        await page.GetByLabel("contacts.readonly").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Copy this token now.")).ToBeVisibleAsync();

        await LinkTo(page, "Activity").ClickAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync();
        (await page.EvaluateAsync<string[]>("Object.keys(sessionStorage)")).Should().BeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await LinkTo(page, "Activity").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Activity);
        await page.Context.CloseAsync();
    }

    private static ILocator Question(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without saving?" });

    private static ILocator LinkTo(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static Task<int> DraftsAsync(IPage page) =>
        page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length");

    /// <summary>Typed text is kept a moment after the last key.</summary>
    private static Task KeptAsync(IPage page) =>
        page.WaitForFunctionAsync(
            "() => document.querySelector('[data-unsaved]') && Object.keys(sessionStorage).some(key => key.startsWith('draft:'))");

    private static async Task TryAsync(IPage page, Form form)
    {
        await page.VisitAsync("/a/northwind/" + form.Path);
        await (form.Prepare?.Invoke(page) ?? Task.CompletedTask);
        var before = await form.Field(page).ValueAsync();
        await form.Field(page).SetAsync(form.Value);
        await page.WaitForFunctionAsync(
            "() => Object.keys(sessionStorage).some(key => key.startsWith('draft:'))", null, new() { Timeout = Soon });

        await page.ReloadAsync();
        await page.AliveAsync();
        await form.Field(page).ExpectValueAsync(form.Value, Soon);
        await Assertions.Expect(page.GetByText(Kept)).ToBeVisibleAsync(new() { Timeout = Soon });

        await LinkTo(page, "Activity").ClickAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Stay" }).ClickAsync(new() { Timeout = Soon });
        await Assertions.Expect(Question(page)).ToHaveCountAsync(0, new() { Timeout = Soon });
        await form.Field(page).ExpectValueAsync(form.Value, Soon);
        await LinkTo(page, "Activity").ClickAsync();
        await Question(page).GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync(new() { Timeout = Soon });
        await Assertions.Expect(page).ToHaveURLAsync(Activity, new() { Timeout = Soon });

        await page.VisitAsync("/a/northwind/" + form.Path);
        await Assertions.Expect(page.GetByText(Kept)).ToHaveCountAsync(0, new() { Timeout = Soon });
        if (form.Prepare is null)
        {
            await form.Field(page).ExpectValueAsync(before, Soon);
        }
    }

    private async Task<IPage> SignedInAsync(string email)
    {
        var page = await Browser.OpenAsync(screens.App);
        await page.SignInAsync(email);
        return page;
    }

    private async Task<IReadOnlyList<Form>> FormsAsync()
    {
        var (calendar, cleo, ben) = ((await screens.CalendarAsync("intro-call")).Value, (await screens.UserAsync("cleo@demo.test")).Value,
            (await screens.UserAsync(ScreenTestHost.Ben)).Value);
        return
        [
            new("personal data", "profile", page => page.Field("name"), "Ada Unsaved"),
            new("default location", "profile", page => page.GetByLabel("Default Meeting Location"), "Custom"),
            new("weekly hours", "profile/availability", page => page.GetByLabel("Monday, from").First, "06:45"),
            new("blocked time", "profile/availability", page => page.GetByLabel("What for"), "Dentist"),
            new("calendar, general", $"settings/calendars/{calendar}", page => page.Field("description"), "Not saved"),
            new("calendar, rules", $"settings/calendars/{calendar}?tab=availability", page => page.GetByLabel("Minimum notice"), "77"),
            new(
                "calendar, users",
                $"settings/calendars/{calendar}",
                page => page.GetByLabel("Meeting Location").First,
                "Ask the booker"),
            new("calendar, new owner", $"settings/calendars/{calendar}", page => page.GetByLabel("New owner"), "Cleo Marchetti"),
            new("calendar, meetings", $"settings/calendars/{calendar}?tab=meetings", page => page.GetByLabel("Recording"), "In the Zoom cloud"),
            new("invitation", "settings/team", page => page.GetByLabel("Email"), "guest@example.test"),
            new(
                "role",
                $"settings/team/{cleo}",
                page => page.GetByRole(AriaRole.Combobox, new() { Name = "Role", Exact = true }),
                "Admin"),
            new("a member's default location", $"settings/team/{cleo}", page => page.GetByLabel("Default Meeting Location"), "Custom"),
            new(
                "reassign",
                $"settings/team/{ben}",
                page => page.GetByRole(AriaRole.Combobox, new() { Name = "New host", Exact = true }),
                "Cleo Marchetti"),
            new("messages", "settings/messages", page => page.GetByLabel("Subject"), "Not saved"),
            new(
                "private integration",
                "settings/private-integrations",
                page => page.GetByLabel("Name", new() { Exact = true }),
                "A program"),
            new("webhook", "settings/private-integrations", page => page.GetByLabel("Address"), "https://hooks.example.test/"),
            new(
                "feedback",
                "help/zoom",
                page => page.GetByLabel("What was missing?"),
                "A picture",
                page => page.GetByRole(AriaRole.Button, new() { Name = "No", Exact = true }).ClickAsync()),
        ];
    }

    /// <param name="Prepare">What makes the field appear on a fresh page.</param>
    private sealed record Form(string Name, string Path, Func<IPage, ILocator> Field, string Value, Func<IPage, Task>? Prepare = null);
}

file static class Fields
{
    public static ILocator Field(this IPage page, string id) => page.Locator($"#{id}");
}
