using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Settings > Messages, by what an admin sees.</summary>
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
        await page.GetByRole(AriaRole.Button, new() { Name = "Show preview" }).ClickAsync();
        await Assertions.Expect(frame.GetByText("this is a reminder of your appointment")).ToBeVisibleAsync();

        await page.GetByLabel("Text").FillAsync("Dear <b onclick=alert(1)>you</b>, {{contact.nme}}");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("{{contact.nme}} is not a field. Choose from the list of fields.");
        await page.GetByLabel("Text").FillAsync("Dear <b>you</b>, ");
        await page.GetByRole(AriaRole.Button, new() { Name = "host.name" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Text")).ToHaveValueAsync("Dear <b>you</b>, {{host.name}}");
        await Assertions.Expect(frame.GetByText("Dear <b>you</b>,")).ToBeVisibleAsync();
        (await page.Locator("iframe").GetAttributeAsync("sandbox")).Should().BeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reset to default" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("this is a reminder"));
        blocked.Should().BeEmpty();
        await PhotographAsync(page);
        await page.Context.CloseAsync();
    }

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
            await page.GetByRole(AriaRole.Button, new() { Name = "Show preview" }).ClickAsync();
            await page.Locator("iframe").WaitForAsync();
            await page.ScreenshotAsync(new() { Path = $"{folder}/messages-{scheme}-wide.png", FullPage = true });
            await page.SetViewportSizeAsync(390, 844);
            await page.ScreenshotAsync(new() { Path = $"{folder}/messages-{scheme}-narrow.png", FullPage = true });
        }
    }
}
