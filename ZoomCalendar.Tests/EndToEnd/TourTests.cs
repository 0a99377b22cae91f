using Microsoft.Playwright;
using ZoomCalendar.Tests.Screens;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.EndToEnd;

/// <summary>
/// A walk through every screen of a business at work. With <c>ZOOMCALENDAR_SCREENSHOTS</c> naming a folder, each is photographed in
/// both sizes and both themes; <c>docs/screenshots/make</c> does that.
/// </summary>
[OnSqlite("What a page looks like does not depend on the database.")]
[Collection(nameof(Business))]
public sealed class TourTests(Business business)
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("desk", 1440, 900), ("phone", 390, 844)];

    private readonly string? _folder = Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS");

    [ChromiumFact]
    public async Task Every_screen_fits_its_window_and_the_console_stays_silent()
    {
        IReadOnlyList<AppPage> screens = [.. await AppPages.FindAsync(business), .. await AppPages.OpenedAsync(business)];

        var complaints = await Task.WhenAll(Sizes.Select(size => WalkAsync(screens, size.Name, size.Width, size.Height)));

        complaints.SelectMany(each => each).Should().BeEmpty();
    }

    private async Task<List<string>> WalkAsync(IReadOnlyList<AppPage> screens, string size, int width, int height)
    {
        List<string> complaints = [];
        foreach (var reader in screens.GroupBy(screen => screen.Who))
        {
            var page = await Browser.OpenAsync(business.App, options => options.ViewportSize = new ViewportSize { Width = width, Height = height });
            var here = "";
            page.Console += (_, message) =>
            {
                // A page that is not there answers 404, which the browser notes.
                if (message.Type == "error" && !message.Text.Contains("status of 40", StringComparison.Ordinal))
                {
                    complaints.Add($"{here} {size}: {message.Text}");
                }
            };
            if (reader.Key is { } email)
            {
                await page.SignInAsync(email);
            }

            foreach (var screen in reader)
            {
                here = screen.Name;
                await page.ShowAsync(screen);
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
                {
                    complaints.Add($"{screen.Name} {size}: wider than its window");
                }

                if (_folder is not null)
                {
                    await PhotographAsync(page, $"{screen.Name}-{size}", isWhole: screen.Open is null);
                }
            }

            await page.Context.CloseAsync();
        }

        return complaints;
    }

    private async Task PhotographAsync(IPage page, string name, bool isWhole)
    {
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.ScreenshotAsync(new() { Path = Path.Combine(_folder!, $"{name}-{theme.ToString().ToLowerInvariant()}.png"), FullPage = isWhole });
        }
    }
}
