using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Settings > Messages, by what an admin sees.</summary>
[OnSqlite("What a page shows does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class MessagesPageTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task An_admin_changes_a_message_sees_it_in_a_frame_without_scripts_and_sets_it_back()
    {
        var page = await Browser.OpenAsync(app);
        var blocked = new List<string>();
        page.Console += (_, message) => blocked.AddRange(message.Type is "error" ? [message.Text] : []);
        await page.SignInAsync("ada@demo.test");
        await page.GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Messages" }).GetByRole(AriaRole.Link, new() { Name = "Reminder" })
            .First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Reminder to the booker" })).ToBeVisibleAsync();
        (await page.AxeFaultsAsync()).Should().BeEmpty();
        var frame = page.FrameLocator("iframe");
        await TabAsync(page, "Preview");
        await Assertions.Expect(frame.GetByText("this is a reminder of your appointment")).ToBeVisibleAsync();
        await TabAsync(page, "Write");

        await page.GetByLabel("Text").FillAsync("Dear <b onclick=alert(1)>you</b>, {{contact.nme}}");
        await Assertions.Expect(page.GetByText("{{contact.nme}} is not a field. Choose from the list of fields.")).ToBeVisibleAsync();
        await page.GetByLabel("Text").FillAsync("Dear <b>you</b>, ");
        await page.GetByRole(AriaRole.Button, new() { Name = "host.name" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Text")).ToHaveValueAsync("Dear <b>you</b>, {{host.name}}");
        await TabAsync(page, "Preview");
        await Assertions.Expect(frame.GetByText("Dear <b>you</b>,")).ToBeVisibleAsync();
        (await page.Locator("iframe").GetAttributeAsync("sandbox")).Should().BeEmpty();
        await TabAsync(page, "Write");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reset to default" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("this is a reminder"));
        blocked.Should().BeEmpty();
        await PhotographAsync(page);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task On_a_phone_the_editor_is_on_the_first_screen_and_one_field_chooses_the_message()
    {
        var page = await Browser.OpenAsync(app, options => options.ViewportSize = new() { Width = 390, Height = 844 });
        await page.SignInAsync("ada@demo.test");
        await page.VisitAsync("/a/northwind/settings/messages");

        var subject = await page.GetByLabel("Subject").BoundingBoxAsync();
        await page.ChooseAsync("Message", "Reminder to the host");

        (subject!.Y + subject.Height).Should().BeLessThan(844);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Reminder to the host" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Messages" })).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    private static Task TabAsync(IPage page, string name) => page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();

    private static async Task PhotographAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS") is not { } folder)
        {
            return;
        }

        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(1440, 900);
            await page.ReloadAsync();
            await page.AliveAsync();
            await TabAsync(page, "Preview");
            await page.Locator("iframe").WaitForAsync();
            await page.ScreenshotAsync(new() { Path = $"{folder}/messages-{scheme}-wide.png", FullPage = true });
            await page.SetViewportSizeAsync(390, 844);
            await page.ScreenshotAsync(new() { Path = $"{folder}/messages-{scheme}-narrow.png", FullPage = true });
        }
    }
}
