using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite("What a page looks like does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class ReconnectNoticeTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task The_notice_of_a_lost_connection_stands_in_the_middle_and_goes_when_the_server_is_back()
    {
        foreach (var (width, height) in new[] { (1440, 900), (390, 844), (320, 256) })
        {
            var page = await Browser.OpenAsync(app, options => options.ViewportSize = new ViewportSize { Width = width, Height = height });
            await page.SignInAsync("ben@demo.test");
            await page.RouteAsync("**/_blazor/**", route => route.AbortAsync());
            await page.EvaluateAsync("Blazor._internal.forceCloseConnection()");

            var notice = page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" });
            await notice.WaitForAsync();
            var box = (await notice.BoundingBoxAsync())!;
            (box.X + (box.Width / 2)).Should().BeApproximately(width / 2f, 1, "{0} wide", width);
            (box.Y + (box.Height / 2)).Should().BeApproximately(height / 2f, 1, "{0} high", height);
            await Assertions.Expect(notice).ToContainTextAsync("Trying again in");
            (await page.AxeFaultsAsync()).Should().BeEmpty();
            await PhotographAsync(page, width);

            await page.UnrouteAsync("**/_blazor/**");
            await Assertions.Expect(notice).ToBeHiddenAsync();
            await page.Context.CloseAsync();
        }
    }

    private static async Task PhotographAsync(IPage page, int width)
    {
        if (Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS") is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"connection-lost-{width}.png") });
        }
    }
}
