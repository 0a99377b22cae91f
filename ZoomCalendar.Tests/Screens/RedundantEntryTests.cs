using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using static Microsoft.Playwright.Assertions;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// WCAG 2.2, 3.3.7: within one process nothing is asked for again. It is filled in, or not asked. What was typed before
/// connecting Zoom is in <see cref="WaysToConnectTests"/>.
/// </summary>
[OnSqlite("The forms are the same on both databases.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class RedundantEntryTests(ScreenTestHost screens)
{
    private static readonly (string Label, string Value)[] Visitor =
        [("Your name", "Jo Field"), ("Email", "redundant@example.test"), ("Phone", "+1 555 0100"), ("Notes", "By the window")];

    [ChromiumFact]
    public async Task A_visitor_who_chooses_another_time_finds_the_form_filled_in_and_moves_or_cancels_without_typing()
    {
        var page = await Browser.OpenAsync(screens.App);
        var times = page.Locator("a.time");
        await page.GotoAsync("/book/northwind/intro-call");
        await times.First.ClickAsync();
        foreach (var (label, value) in Visitor)
        {
            await page.GetByLabel(label).FillAsync(value);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Choose another time" }).ClickAsync();
        await times.Last.ClickAsync();

        foreach (var (label, value) in Visitor)
        {
            await Expect(page.GetByLabel(label)).ToHaveValueAsync(value);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/confirmed/**");
        (await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('typed:')).length")).Should()
            .Be(0, "what was sent is not kept");
        foreach (var purpose in new[] { LinkPurpose.Change, LinkPurpose.Cancel })
        {
            await page.GotoAsync($"/book/{purpose.ToString().ToLowerInvariant()}/{await screens.PersonalLinkAsync(purpose)}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
        }

        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task What_was_sent_to_the_waiting_list_is_not_kept()
    {
        var page = await Browser.OpenAsync(screens.App);
        await page.GotoAsync("/book/northwind/yoga-class");
        await page.Locator("a.time").First.ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Jo Field");

        await page.GotoAsync("/book/northwind/yoga-class/waiting");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are on the waiting list" })).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('typed:')).length")).Should().Be(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task An_email_address_typed_to_sign_in_is_filled_in_to_get_a_new_password_and_to_register()
    {
        var page = await Browser.OpenAsync(screens.App);
        foreach (var link in new[] { "Forgot password?", "Register" })
        {
            await page.GotoAsync("/account/sign-in");
            await page.GetByLabel("Email").FillAsync("typed@example.test");
            await page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
            await Expect(page.GetByLabel("Email")).ToHaveValueAsync("typed@example.test");
        }

        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Who_has_registered_goes_on_to_set_up_without_typing_anything_again()
    {
        var page = await Browser.OpenAsync(screens.App, options => options.TimezoneId = "Europe/Berlin");
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Your name").FillAsync("Rita Sommer");
        await page.GetByLabel("Email").FillAsync("rita@example.test");
        await page.GetByLabel("Password").FillAsync("Zoom-Calendar-1");
        await page.GetByLabel("Name of your business").FillAsync("Rita's rooms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await Expect(page.GetByText("rita@example.test")).ToBeVisibleAsync();

        await page.GotoAsync(await screens.App.LinkToAsync("rita@example.test", "/account/confirm-registration"));
        await Expect(page.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();

        await page.AliveAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Meeting with Rita Sommer");
        await Expect(page.GetByText("in the time zone Europe/Berlin")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Who_accepts_an_invitation_does_not_type_the_address_it_was_sent_to()
    {
        var page = await Browser.OpenAsync(screens.App);

        await page.GotoAsync($"/account/invitation?token={Uri.EscapeDataString(screens.Invitation)}");

        await Expect(page.GetByLabel("Email")).ToHaveValueAsync("new@example.test");
        await Expect(page.GetByLabel("Email")).Not.ToBeEditableAsync();
        await page.Context.CloseAsync();
    }
}
